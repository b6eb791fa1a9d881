package dev.fanfare.runtime.pipeline;

import dev.fanfare.runtime.log.RareWarning;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

/**
 * Read a batch of records, make others of them, commit: the one way in which Fanfare's services work on Kafka.
 *
 * <p>At least once and in order: the batch's offsets are committed after every record that came of it was acknowledged
 * by the brokers, a channel's batches are worked on one after the other, and records are handed to the producer in the
 * order in which the step returned them. The next batch does not wait until the brokers have what came of the last, but
 * for the step itself; work that takes seconds is for a {@link LongPipeline}. A step that fails (infrastructure is away) is
 * tried again, with back-off, until it succeeds: what was accepted is kept, and meanwhile the consumer is paused by
 * back-pressure. A record that cannot succeed is therefore the step's to sort out; it must answer with a {@link
 * RejectedRecord}, not fail.
 *
 * <p>Steps run on the channel's event loop with a fresh Vert.x context, as Hibernate Reactive needs it, and must not block.
 */
@ApplicationScoped
public class RecordPipeline {

    private static final RareWarning FAILED =
            new RareWarning(Logger.getLogger(RecordPipeline.class), "a batch cannot be worked on now, trying again");
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(200);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(5);

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final Vertx vertx;
    private final RecordWriter writer;

    RecordPipeline(Vertx vertx, RecordWriter writer) {
        this.vertx = vertx;
        this.writer = writer;
    }

    /**
     * What is done with a batch: the records to write, in order. The answer is walked once, as fast as the brokers take
     * the records, so a step whose answer is large can make it while it is walked (on any thread; that must not throw).
     */
    public interface Step extends Function<List<ConsumerRecord<String, byte[]>>, Uni<? extends Iterable<OutRecord>>> {}

    /**
     * What a channel's method does with a batch, one batch after the other. Completes when the records that came of it
     * were handed to the producer; the batch is acknowledged when they are safe.
     */
    public Uni<Void> run(Message<List<byte[]>> batch, Step step) {
        return tryUntilDone(channel(), () -> step.apply(recordsOf(batch)).map(out -> (Iterable<OutRecord>) out))
                .emitOn(Infrastructure.getDefaultExecutor())
                .invoke(out -> writer.write(out, new BatchAcknowledgement(batch)))
                .replaceWithVoid();
    }

    /**
     * The same for a channel whose work takes seconds.
     *
     * @param openAtMost pieces of work that may be under way before the channel's next batch has to wait
     */
    public LongPipeline longRunning(int openAtMost) {
        return new LongPipeline(this, writer, openAtMost);
    }

    /**
     * Writes records that come of no batch. Completes, on the caller's context where it has one, when the brokers have all
     * of them, however long they are away; fails if one can never be written. The records are walked once, on another
     * thread, as fast as the brokers take them.
     */
    public Uni<Void> write(Iterable<OutRecord> records) {
        Context caller = Vertx.currentContext();
        Uni<Void> written = Uni.createFrom()
                .<Void>emitter(emitter -> writer.write(
                        records,
                        new BatchAcknowledgement(Message.of(
                                List.of(),
                                () -> {
                                    emitter.complete(null);
                                    return DONE;
                                },
                                e -> {
                                    emitter.fail(e);
                                    return DONE;
                                }))))
                .runSubscriptionOn(Infrastructure.getDefaultExecutor());
        return caller == null ? written : written.emitOn(command -> caller.runOnContext(ignored -> command.run()));
    }

    /** The context of the channel whose batch is being told. */
    Context channel() {
        return vertx.getOrCreateContext();
    }

    /** Subscribes on a fresh context of the channel, again and again with back-off until there is no failure. */
    <T> Uni<T> tryUntilDone(Context channel, Supplier<Uni<? extends T>> work) {
        Uni<T> attempt = Uni.createFrom()
                .<T>deferred(work)
                .runSubscriptionOn(command -> onFreshContext(channel, command))
                .onFailure()
                .invoke(FAILED::say);
        // What is done for every piece must be cheap: the way through the retries is made when it is needed.
        return attempt.onFailure().recoverWithUni(() -> Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(FIRST_BACK_OFF)
                .chain(() -> attempt)
                .onFailure()
                .retry()
                .withBackOff(FIRST_BACK_OFF, MAX_BACK_OFF)
                .indefinitely());
    }

    private static void onFreshContext(Context parent, Runnable command) {
        Context fresh = VertxContext.createNewDuplicatedContext(parent);
        VertxContextSafetyToggle.setContextSafe(fresh, true);
        fresh.runOnContext(ignored -> command.run());
    }

    @SuppressWarnings("unchecked") // the connector's deserializers are String and byte[] in every service
    static List<ConsumerRecord<String, byte[]>> recordsOf(Message<List<byte[]>> batch) {
        IncomingKafkaRecordBatchMetadata<String, byte[]> metadata = batch.getMetadata(
                        IncomingKafkaRecordBatchMetadata.class)
                .orElseThrow(() -> new IllegalStateException("the channel must be configured with batch=true"));
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        metadata.getRecords().forEach(records::add);
        return records;
    }
}
