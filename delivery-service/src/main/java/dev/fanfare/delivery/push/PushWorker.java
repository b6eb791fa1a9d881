package dev.fanfare.delivery.push;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.delivery.outcome.Outcomes;
import dev.fanfare.delivery.outcome.RecordReader;
import dev.fanfare.delivery.outcome.RoutingMetrics;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * The push role: hands the jobs of {@code fanfare.delivery.push.v1} to the provider, one after the other, and writes what
 * became of them. A job for which the provider is unavailable is tried again by itself, never the whole batch: those
 * before it have been pushed.
 */
@ApplicationScoped
class PushWorker {

    private static final Logger LOGGER = Logger.getLogger(PushWorker.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final RecordPipeline pipeline;
    private final RecordReader reader;
    private final PushSender sender;
    private final MeterRegistry metrics;

    PushWorker(RecordPipeline pipeline, RecordReader reader, PushSender sender, MeterRegistry metrics) {
        this.pipeline = pipeline;
        this.reader = reader;
        this.sender = sender;
        this.metrics = metrics;
    }

    @Incoming("push")
    Uni<Void> run(Message<List<byte[]>> batch) {
        return pipeline.run(batch, this::push);
    }

    private Uni<List<OutRecord>> push(List<ConsumerRecord<String, byte[]>> batch) {
        List<OutRecord> out = new ArrayList<>();
        List<PushJob> jobs = new ArrayList<>();
        batch.forEach(record ->
                reader.read(record, PushJob.class, PushWorker::isComplete, out).ifPresent(jobs::add));
        return Multi.createFrom()
                .iterable(jobs)
                .onItem()
                .transformToUniAndConcatenate(
                        job -> sendUntilDecided(job).map(result -> Outcomes.record(outcome(job, result))))
                .collect()
                .asList()
                .map(outcomes -> {
                    out.addAll(outcomes);
                    return out;
                });
    }

    private Uni<PushResult> sendUntilDecided(PushJob job) {
        return sender.send(job)
                .onFailure()
                .recoverWithItem(e -> {
                    LOGGER.warnf("push failed: messageUid=%s %s", job.message().messageUID(), e);
                    return new PushResult.Unavailable(AFTER_FAILURE);
                })
                .invoke(this::count)
                .flatMap(result -> result instanceof PushResult.Unavailable unavailable
                        ? Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(unavailable.retryAfter())
                                .chain(() -> sendUntilDecided(job))
                        : Uni.createFrom().item(result));
    }

    private void count(PushResult result) {
        metrics.counter(
                        RoutingMetrics.PUSHES,
                        RoutingMetrics.PROVIDER,
                        sender.provider(),
                        RoutingMetrics.RESULT,
                        result.getClass().getSimpleName())
                .increment();
    }

    private DeliveryOutcome outcome(PushJob job, PushResult result) {
        boolean rejected = result instanceof PushResult.Rejected;
        return new DeliveryOutcome(
                job.appKey(),
                job.userId(),
                job.message().messageUID(),
                rejected ? Kind.PUSH_REJECTED : Kind.PUSHED,
                sender.provider(),
                result instanceof PushResult.Rejected refusal ? refusal.reason() : null,
                System.currentTimeMillis());
    }

    private static boolean isComplete(PushJob job) {
        return job.appKey() != null
                && job.userId() != null
                && job.push() != null
                && job.message() != null
                && job.message().messageUID() != null;
    }
}
