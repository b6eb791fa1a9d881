package dev.fanfare.delivery.push.dead;

import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Gives dead letters another life: they are written to the push topic as if they were new, and removed when Kafka has
 * them. After a crash in between they are still there, and may be replayed again: what was accepted by then is not pushed
 * again. Fails while Kafka or PostgreSQL is away.
 */
@ApplicationScoped
class Replay {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DeadLetters letters;
    private final RecordPipeline pipeline;

    Replay(DeadLetters letters, RecordPipeline pipeline) {
        this.letters = letters;
        this.pipeline = pipeline;
    }

    Uni<Void> of(List<StoredLetter> batch) {
        return batch.isEmpty()
                ? Uni.createFrom().voidItem()
                : pipeline.write(batch.stream()
                                .map(letter -> anew(letter.letter().job()))
                                .toList())
                        .ifNoItem()
                        .after(PATIENCE)
                        .fail()
                        .chain(() -> letters.remove(batch));
    }

    private static OutRecord anew(PushJob job) {
        PushJob anew = new PushJob(
                job.appKey(),
                job.userId(),
                job.deviceIds(),
                job.message(),
                job.push(),
                null,
                null,
                job.inbox(),
                job.replaces(),
                job.bulk());
        return OutRecord.of(Topic.DELIVERY_PUSH, RecordKey.ofUser(job.appKey(), job.userId()), anew);
    }
}
