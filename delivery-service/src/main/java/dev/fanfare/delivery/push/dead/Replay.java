package dev.fanfare.delivery.push.dead;

import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * Gives dead letters another life: they are written to the push topic as if they were new, and removed when Kafka has
 * them. After a crash in between they are still there, and may be replayed again: what was accepted by then is not pushed
 * again. Fails while Kafka or PostgreSQL is away.
 */
@ApplicationScoped
class Replay {

    private static final int BUFFER = 10_000;

    private final DeadLetters letters;
    private final MutinyEmitter<byte[]> jobs;

    Replay(
            DeadLetters letters,
            @Channel("push-replays") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    MutinyEmitter<byte[]> jobs) {
        this.letters = letters;
        this.jobs = jobs;
    }

    Uni<Void> of(List<StoredLetter> batch) {
        return batch.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join()
                        .all(batch.stream()
                                .map(letter -> write(letter.letter().job()))
                                .toList())
                        .andFailFast()
                        .chain(() -> letters.remove(batch));
    }

    private Uni<Void> write(PushJob job) {
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
        OutRecord record = OutRecord.of(Topic.DELIVERY_PUSH, RecordKey.ofUser(job.appKey(), job.userId()), anew);
        return jobs.sendMessage(Message.of(record.value(), Metadata.of(RecordPipeline.metadata(record))));
    }
}
