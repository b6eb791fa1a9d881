package dev.fanfare.delivery.outcome;

import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * Outcomes that no record stands behind. At most {@value #BUFFER} wait for Kafka, those beyond are dropped and counted, for
 * a client must not be able to fill this node's memory. Any thread, never blocks.
 */
@Startup // so that its metrics are there from the start
@ApplicationScoped
class BestEffortOutcomes {

    private static final int BUFFER = 20_000;

    private final Emitter<byte[]> emitter;
    private final Counter dropped;

    BestEffortOutcomes(
            @Channel("best-effort-outcomes") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = BUFFER)
                    Emitter<byte[]> emitter,
            MeterRegistry metrics) {
        this.emitter = emitter;
        this.dropped = metrics.counter(RoutingMetrics.OUTCOMES_DROPPED);
    }

    /** Completes when Kafka has it, or it could not be told; never fails. */
    CompletableFuture<Void> tell(OutRecord record) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        try {
            emitter.send(Message.of(
                    record.value(),
                    Metadata.of(RecordPipeline.metadata(record)),
                    () -> done(told),
                    failure -> done(told)));
        } catch (IllegalStateException full) {
            dropped.increment();
            told.complete(null);
        }
        return told;
    }

    private static CompletionStage<Void> done(CompletableFuture<Void> told) {
        told.complete(null);
        return told;
    }
}
