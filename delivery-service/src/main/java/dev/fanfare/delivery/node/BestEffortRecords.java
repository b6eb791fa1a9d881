package dev.fanfare.delivery.node;

import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Writes records that no record stands behind, many at once, in the order in which they are given. At most
 * {@value #MAX_WAITING} wait for Kafka and those beyond fail at once, for a client must not be able to fill this node's
 * memory; what waits when the node ends is lost. Any thread, never blocks.
 */
@ApplicationScoped
public class BestEffortRecords {

    private static final int MAX_WAITING = 20_000;
    private static final int TOGETHER = 1_000;

    private final RecordPipeline pipeline;
    private final Batches<OutRecord, Void> writes = new Batches<>(TOGETHER, MAX_WAITING, this::writeAll);

    BestEffortRecords(RecordPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** Completes when Kafka has it; fails if too many wait, or one of those that it left with can never be written. */
    public CompletableFuture<Void> write(OutRecord record) {
        return writes.ask(record);
    }

    private Uni<List<Void>> writeAll(List<OutRecord> records) {
        return pipeline.write(records).replaceWith(() -> Collections.nCopies(records.size(), null));
    }
}
