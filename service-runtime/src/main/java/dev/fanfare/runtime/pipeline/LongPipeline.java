package dev.fanfare.runtime.pipeline;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * A {@link RecordPipeline} for work that takes seconds: a step says what can be written now and what is {@link Work#later
 * written later}, and the next batch is worked on meanwhile. One for each channel.
 *
 * <p>At least once: a batch is acknowledged, and thereby committed, when all of it is written, the latest piece included,
 * and all batches before it are. So what a crash does again is everything since the oldest piece that was open. Pieces are
 * in no order among each other, nor with the batches after them. How many may be open is bounded: at the bound the next
 * batch waits, and the consumer pauses. A batch that is let in is let in as a whole, so there may be one batch more.
 *
 * <p>Of a partition that is taken away the open pieces are worked on to their end here, and by its new owner again.
 */
public final class LongPipeline {

    private final RecordPipeline pipeline;
    private final RecordWriter writer;
    private final int openAtMost;
    private final Executor executor = Infrastructure.getDefaultExecutor();

    private final Queue<Finished> finished = new ConcurrentLinkedQueue<>();
    private final AtomicInteger unwritten = new AtomicInteger();

    /** Guarded by this. */
    private int open;

    /** Done when there is room for a batch. Guarded by this. */
    private CompletableFuture<Void> room = CompletableFuture.completedFuture(null);

    LongPipeline(RecordPipeline pipeline, RecordWriter writer, int openAtMost) {
        this.pipeline = pipeline;
        this.writer = writer;
        this.openAtMost = openAtMost;
    }

    /**
     * What came of a batch so far, and what is still to come.
     *
     * @param now is written before the next batch is worked on
     * @param later pieces of work that are begun at once, on the channel's event loop, and whose records are written when
     *     each is there. One that fails is begun again, with back-off, until it succeeds
     */
    public record Work(Iterable<OutRecord> now, List<Uni<List<OutRecord>>> later) {}

    /** What is done with a batch; tried again while it fails, as a step of {@link RecordPipeline}. */
    public interface Step extends Function<List<ConsumerRecord<String, byte[]>>, Uni<Work>> {}

    private record Finished(List<OutRecord> records, BatchAcknowledgement acknowledgement) {}

    /** What a channel's method does with a batch. Completes when the next one may come. */
    public Uni<Void> run(Message<List<byte[]>> batch, Step step) {
        Context channel = pipeline.channel();
        return pipeline.tryUntilDone(channel, () -> step.apply(RecordPipeline.recordsOf(batch)))
                .emitOn(executor)
                .invoke(work -> begin(work, channel, new BatchAcknowledgement(batch)))
                .chain(this::awaitRoom);
    }

    private void begin(Work work, Context channel, BatchAcknowledgement acknowledgement) {
        added(work.later.size());
        for (Uni<List<OutRecord>> piece : work.later) {
            acknowledgement.oneMore();
            pipeline.tryUntilDone(channel, () -> piece).subscribe().with(records -> write(records, acknowledgement));
        }
        writer.write(work.now, acknowledgement);
    }

    /** One piece after the other on some thread: while the brokers are away one thread waits for them, not one for each. */
    private void write(List<OutRecord> records, BatchAcknowledgement acknowledgement) {
        finished.add(new Finished(records, acknowledgement));
        if (unwritten.getAndIncrement() == 0) {
            executor.execute(this::writeFinished);
        }
    }

    private void writeFinished() {
        do {
            Finished next = finished.remove();
            writer.write(next.records, next.acknowledgement);
            removed();
        } while (unwritten.decrementAndGet() > 0);
    }

    private synchronized Uni<Void> awaitRoom() {
        CompletableFuture<Void> awaited = room;
        return Uni.createFrom().completionStage(() -> awaited);
    }

    private synchronized void added(int pieces) {
        open += pieces;
        if (open >= openAtMost && room.isDone()) {
            room = new CompletableFuture<>();
        }
    }

    private void removed() {
        CompletableFuture<Void> waited;
        synchronized (this) {
            open--;
            if (open >= openAtMost) {
                return;
            }
            waited = room;
        }
        waited.complete(null);
    }
}
