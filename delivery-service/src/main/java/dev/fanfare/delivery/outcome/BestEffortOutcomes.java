package dev.fanfare.delivery.outcome;

import dev.fanfare.delivery.node.BestEffortRecords;
import dev.fanfare.runtime.pipeline.OutRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;

/** Outcomes that no record stands behind; those that cannot be told are counted. Any thread, never blocks. */
@Startup // so that its metrics are there from the start
@ApplicationScoped
class BestEffortOutcomes {

    private final BestEffortRecords records;
    private final Counter dropped;

    BestEffortOutcomes(BestEffortRecords records, MeterRegistry metrics) {
        this.records = records;
        this.dropped = metrics.counter(RoutingMetrics.OUTCOMES_DROPPED);
    }

    /** Completes when Kafka has it, or it could not be told; never fails. */
    CompletableFuture<Void> tell(OutRecord record) {
        return records.write(record).exceptionally(e -> {
            dropped.increment();
            return null;
        });
    }
}
