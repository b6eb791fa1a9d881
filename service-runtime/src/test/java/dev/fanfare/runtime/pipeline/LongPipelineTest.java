package dev.fanfare.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.pipeline.LongPipeline.Work;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for a piece of work that is under way, and what does not. */
class LongPipelineTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicInteger acknowledged = new AtomicInteger();
    private final MockProducer<String, byte[]> brokers =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    private final CompletableFuture<List<OutRecord>> first = new CompletableFuture<>();
    private final CompletableFuture<List<OutRecord>> second = new CompletableFuture<>();

    private Vertx vertx;
    private LongPipeline pipeline;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        pipeline = new RecordPipeline(vertx, new RecordWriter(brokers)).longRunning(2);
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void letsTheNextBatchInWhileAPieceIsUnderWay() {
        // Given
        CompletableFuture<Void> open = run(List.of(), List.of(first));

        // When
        CompletableFuture<Void> next = run(List.of(record("b")), List.of());

        // Then
        assertThat(open).succeedsWithin(PATIENCE);
        assertThat(next).succeedsWithin(PATIENCE);
        assertThat(written()).containsExactly("b");
        assertThat(acknowledged).hasValue(1);
    }

    @Test
    void acknowledgesABatchAfterItsLastPieceWasWritten() {
        // Given
        assertThat(run(List.of(record("now")), List.of(first, second))).isNotCompleted();
        second.complete(List.of(record("second")));
        await().atMost(PATIENCE).until(() -> Set.copyOf(written()).equals(Set.of("now", "second")));
        int before = acknowledged.get();

        // When
        first.complete(List.of(record("first")));

        // Then
        await().atMost(PATIENCE).until(() -> acknowledged.get() == 1);
        assertThat(before).isZero();
        assertThat(written())
                .containsExactlyInAnyOrder("now", "second", "first")
                .endsWith("first");
    }

    @Test
    void waitsAtTheBoundUntilAPieceIsWritten() {
        // Given
        CompletableFuture<Void> full = run(List.of(record("now")), List.of(first, second));
        await().atMost(PATIENCE).until(() -> written().contains("now"));
        boolean waited = !full.isDone();

        // When
        first.complete(List.of());

        // Then
        assertThat(full).succeedsWithin(PATIENCE);
        assertThat(waited).isTrue();
        assertThat(acknowledged).hasValue(0);
    }

    @Test
    void beginsAPieceAgainThatFailed() {
        // Given
        AtomicBoolean away = new AtomicBoolean(true);
        Uni<List<OutRecord>> piece = Uni.createFrom().item(() -> {
            if (away.getAndSet(false)) {
                throw new IllegalStateException("as the test wants it");
            }
            return List.of(record("again"));
        });

        // When
        CompletableFuture<Void> run = pipeline.run(
                        batch(), records -> Uni.createFrom().item(new Work(List.of(), List.of(piece))))
                .subscribeAsCompletionStage();

        // Then
        assertThat(run).succeedsWithin(PATIENCE);
        await().atMost(PATIENCE).until(() -> acknowledged.get() == 1);
        assertThat(written()).containsExactly("again");
    }

    private CompletableFuture<Void> run(List<OutRecord> now, List<CompletableFuture<List<OutRecord>>> later) {
        List<Uni<List<OutRecord>>> pieces = later.stream()
                .map(piece -> Uni.createFrom().completionStage(piece))
                .toList();
        return pipeline.run(batch(), records -> Uni.createFrom().item(new Work(now, pieces)))
                .subscribeAsCompletionStage();
    }

    private List<String> written() {
        return brokers.history().stream().map(record -> record.key()).toList();
    }

    private Message<List<byte[]>> batch() {
        var partition = new TopicPartition(Topic.DELIVERY_PUSH.topicName(), 0);
        var record = new ConsumerRecord<>(partition.topic(), 0, 7, "key", new byte[0]);
        var records = new ConsumerRecords<>(Map.of(partition, List.of(record)), Map.of());
        return Message.of(
                Collections.singletonList(record.value()),
                Metadata.of(new IncomingKafkaRecordBatchMetadata<>(records, "in", Map.of())),
                () -> CompletableFuture.completedFuture(null).thenRun(acknowledged::incrementAndGet));
    }

    private static OutRecord record(String key) {
        return OutRecord.of(Topic.DELIVERY_OUTCOME, key, key);
    }
}
