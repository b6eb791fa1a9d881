package dev.fanfare.runtime.commit;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.commit.KafkaCommitHandler;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Commits what is done, every {@code auto.commit.interval.ms}: of each partition the batches that were acknowledged, as
 * far as all before them were, too. A partition that is taken away is committed before it goes. A failed commit is tried
 * again with the next; a batch that is never acknowledged is waited for without limit.
 *
 * <p>The connector's own strategy {@code throttled} promises the same, but asks the brokers at the first record of each
 * partition where the group was, behind the poll that is under way: the record waits for up to {@code poll-timeout}. And
 * while it commits, nothing is polled.
 */
public final class BatchCommit implements KafkaCommitHandler {

    /** The value of {@code commit-strategy}. */
    static final String NAME = "batch";

    private static final Logger LOGGER = Logger.getLogger(BatchCommit.class);
    private static final int DEFAULT_INTERVAL = 1_000;

    /** Brokers answer by then, or what is done is done once more by somebody else. */
    private static final Duration LAST_COMMIT = Duration.ofSeconds(5);

    private final KafkaConsumer<?, ?> consumer;
    private final Vertx vertx;
    private final long timer;
    private final long intervalMillis;
    private final AtomicBoolean committing = new AtomicBoolean();
    /** The partitions that this consumer has. Guarded by itself. */
    private final Map<TopicPartition, PartitionProgress> held = new HashMap<>();
    /**
     * The last records of the batches that were begun, and to which holding of their partition each belongs: a partition
     * may go and come back while a batch of before is being worked on, which then says nothing about the one of now, even
     * if both end with the same offset. Guarded by {@link #held}.
     */
    private final Map<IncomingKafkaRecord<?, ?>, PartitionProgress> begun = new IdentityHashMap<>();

    BatchCommit(KafkaConsumer<?, ?> consumer, Vertx vertx, long intervalMillis) {
        this.consumer = consumer;
        this.vertx = vertx;
        this.intervalMillis = intervalMillis;
        this.timer = vertx.setPeriodic(intervalMillis, ignored -> commit());
    }

    /** How the connector finds it. */
    @ApplicationScoped
    @Identifier(NAME)
    public static class Factory implements KafkaCommitHandler.Factory {

        @Override
        public BatchCommit create(
                KafkaConnectorIncomingConfiguration config,
                Vertx vertx,
                KafkaConsumer<?, ?> consumer,
                BiConsumer<Throwable, Boolean> reportFailure) {
            int interval = config.config()
                    .getOptionalValue(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG, Integer.class)
                    .orElse(DEFAULT_INTERVAL);
            return new BatchCommit(consumer, vertx, interval);
        }
    }

    /** The last record that a batch has of a partition is on its way to the service. */
    @Override
    public <K, V> Uni<IncomingKafkaRecord<K, V>> received(IncomingKafkaRecord<K, V> record) {
        synchronized (held) {
            PartitionProgress progress = held.get(partitionOf(record));
            if (progress != null) {
                progress.begin(record.getOffset());
                begun.put(record, progress);
            }
        }
        return Uni.createFrom().item(record);
    }

    /** The batch of that record was acknowledged. Any thread. */
    @Override
    public <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record) {
        synchronized (held) {
            PartitionProgress progress = begun.remove(record);
            if (progress != null) {
                progress.end(record.getOffset());
                held.notifyAll();
            }
        }
        return Uni.createFrom().voidItem();
    }

    @Override
    public void partitionsAssigned(Collection<TopicPartition> partitions) {
        synchronized (held) {
            partitions.forEach(partition -> held.put(partition, new PartitionProgress()));
        }
    }

    /** On the consumer's thread, which may wait: afterwards the partitions are another's. */
    @Override
    public void partitionsRevoked(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> due;
        synchronized (held) {
            due = due(partitions);
            held.keySet().removeAll(partitions);
            begun.values().removeIf(progress -> !held.containsValue(progress));
        }
        if (due.isEmpty()) {
            return;
        }
        try {
            consumer.unwrap().commitSync(due, LAST_COMMIT);
        } catch (KafkaException e) {
            LOGGER.warnf("partitions were taken away before %s could be committed: %s", due, e);
        }
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> due;
        synchronized (held) {
            due = due(held.keySet());
        }
        if (due.isEmpty() || !committing.compareAndSet(false, true)) {
            return;
        }
        consumer.commitAsync(due)
                .onTermination()
                .invoke(() -> committing.set(false))
                .subscribe()
                .with(
                        ignored -> committed(due),
                        e -> LOGGER.warnf("%s could not be committed, trying again: %s", due, e));
    }

    private void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        synchronized (held) {
            offsets.forEach((partition, offset) -> {
                PartitionProgress progress = held.get(partition);
                if (progress != null) {
                    progress.committed(offset.offset());
                }
            });
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> due(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
        for (TopicPartition partition : partitions) {
            PartitionProgress progress = held.get(partition);
            if (progress != null) {
                progress.due().ifPresent(offset -> due.put(partition, new OffsetAndMetadata(offset)));
            }
        }
        return due;
    }

    /** Waits for what is being worked on, if {@code graceful}, but not for long, and commits. */
    @Override
    public void terminate(boolean graceful) {
        vertx.cancelTimer(timer);
        Map<TopicPartition, OffsetAndMetadata> due;
        synchronized (held) {
            if (graceful) {
                awaitIdle();
            }
            due = due(held.keySet());
        }
        if (!due.isEmpty()) {
            consumer.commit(due).await().atMost(LAST_COMMIT);
        }
    }

    private void awaitIdle() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(intervalMillis);
        try {
            while (!held.values().stream().allMatch(PartitionProgress::isIdle)) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return;
                }
                held.wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static TopicPartition partitionOf(IncomingKafkaRecord<?, ?> record) {
        return new TopicPartition(record.getTopic(), record.getPartition());
    }
}
