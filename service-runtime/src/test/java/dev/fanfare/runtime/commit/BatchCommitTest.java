package dev.fanfare.runtime.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.vertx.mutiny.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BatchCommitTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long SOON = 20;
    private static final long NEVER = 1_000_000;
    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);

    private final MockConsumer<String, byte[]> brokers = new MockConsumer<>("earliest");
    private final AtomicInteger failures = new AtomicInteger();
    private Vertx vertx;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        brokers.assign(List.of(FIRST, SECOND));
    }

    @AfterEach
    void stop() {
        vertx.closeAndAwait();
    }

    @Test
    void commitsWhatIsDoneOfEachPartition() {
        // Given
        BatchCommit commit = holding(SOON);
        var first4 = begin(commit, FIRST, 4);
        var second9 = begin(commit, SECOND, 9);
        begin(commit, SECOND, 19);

        // When
        end(commit, first4);
        end(commit, second9);

        // Then
        await().atMost(PATIENCE).until(() -> committed(FIRST) == 5 && committed(SECOND) == 10);
    }

    @Test
    void triesAgainWhenACommitFails() {
        // Given
        failures.set(2);
        BatchCommit commit = holding(SOON);
        var first4 = begin(commit, FIRST, 4);

        // When
        end(commit, first4);

        // Then
        await().atMost(PATIENCE).until(() -> committed(FIRST) == 5);
        assertThat(failures).hasValueLessThanOrEqualTo(0);
    }

    @Test
    void commitsAPartitionBeforeItGoes() {
        // Given
        BatchCommit commit = holding(NEVER);
        var first4 = begin(commit, FIRST, 4);
        begin(commit, FIRST, 9);
        end(commit, first4);

        // When
        commit.partitionsRevoked(List.of(FIRST));

        // Then
        assertThat(committed(FIRST)).isEqualTo(5);
    }

    @Test
    void commitsNothingOfAPartitionThatIsGone() {
        // Given
        BatchCommit commit = holding(NEVER);
        var first4 = begin(commit, FIRST, 4);
        commit.partitionsRevoked(List.of(FIRST));

        // When
        end(commit, first4);

        // Then
        commit.terminate(true);
        assertThat(committed(FIRST)).isZero();
    }

    @Test
    void doesNotTakeABatchFromBeforeForOneOfNow() {
        // Given
        BatchCommit commit = holding(NEVER);
        var first9 = begin(commit, FIRST, 9);
        commit.partitionsRevoked(List.of(FIRST));
        commit.partitionsAssigned(List.of(FIRST));
        begin(commit, FIRST, 4);

        // When
        end(commit, first9);

        // Then
        commit.terminate(false);
        assertThat(committed(FIRST)).isZero();
    }

    @Test
    void doesNotTakeABatchFromBeforeForTheSameOneOfNow() {
        // Given
        BatchCommit commit = holding(NEVER);
        var before = begin(commit, FIRST, 9);
        commit.partitionsRevoked(List.of(FIRST));
        commit.partitionsAssigned(List.of(FIRST));
        begin(commit, FIRST, 9);

        // When
        end(commit, before);

        // Then
        commit.terminate(false);
        assertThat(committed(FIRST)).isZero();
    }

    @Test
    void waitsAtTheEndForWhatIsBeingWorkedOn() {
        // Given
        BatchCommit commit = holding(NEVER);
        var first4 = begin(commit, FIRST, 4);
        CompletableFuture<Void> terminated = CompletableFuture.runAsync(() -> commit.terminate(true));

        // When
        end(commit, first4);

        // Then
        assertThat(terminated).succeedsWithin(PATIENCE);
        assertThat(committed(FIRST)).isEqualTo(5);
    }

    private BatchCommit holding(long intervalMillis) {
        BatchCommit commit = new BatchCommit(consumer(), vertx, intervalMillis);
        commit.partitionsAssigned(List.of(FIRST, SECOND));
        return commit;
    }

    /** The connector's consumer, as far as a commit strategy knows it. */
    private KafkaConsumer<?, ?> consumer() {
        return (KafkaConsumer<?, ?>) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {KafkaConsumer.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "unwrap" -> brokers;
                    case "commit", "commitAsync" -> commitOf(arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @SuppressWarnings("unchecked") // what both methods are declared with
    private Uni<Void> commitOf(Object offsets) {
        if (failures.getAndDecrement() > 0) {
            return Uni.createFrom().failure(new IllegalStateException("as the test wants it"));
        }
        brokers.commitSync((Map<TopicPartition, OffsetAndMetadata>) offsets);
        return Uni.createFrom().voidItem();
    }

    private long committed(TopicPartition partition) {
        OffsetAndMetadata committed = brokers.committed(Set.of(partition)).get(partition);
        return committed == null ? 0 : committed.offset();
    }

    private static IncomingKafkaRecord<String, byte[]> begin(
            BatchCommit commit, TopicPartition partition, long lastOffset) {
        IncomingKafkaRecord<String, byte[]> last = record(partition, lastOffset);
        return commit.received(last).await().atMost(PATIENCE);
    }

    private static void end(BatchCommit commit, IncomingKafkaRecord<String, byte[]> last) {
        commit.handle(last).await().atMost(PATIENCE);
    }

    private static IncomingKafkaRecord<String, byte[]> record(TopicPartition partition, long offset) {
        var record = new ConsumerRecord<>(partition.topic(), partition.partition(), offset, "key", new byte[0]);
        return new IncomingKafkaRecord<>(record, "in", -1, null, null, false);
    }
}
