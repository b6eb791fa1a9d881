package dev.fanfare.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.topic.Topic;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the pipeline lets a batch be committed, with the test in the brokers' place. */
class BatchAcknowledgementTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    /** How many records the brokers take before a sender has to wait. */
    private final Semaphore takes = new Semaphore(1_000);

    private final MockProducer<String, byte[]> brokers =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer()) {
                @Override
                public Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
                    takes.acquireUninterruptibly();
                    return super.send(record, callback);
                }
            };

    private Vertx vertx;
    private RecordPipeline pipeline;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        pipeline = new RecordPipeline(vertx, new RecordWriter(brokers));
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void acknowledgesABatchAfterTheLastOfItsRecordsWasWritten() {
        // Given
        run(records(3));
        brokers.completeNext();
        brokers.completeNext();
        int before = acknowledged.get();

        // When
        brokers.completeNext();

        // Then
        assertThat(before).isZero();
        assertThat(acknowledged).hasValue(1);
    }

    @Test
    void acknowledgesABatchOfWhichNothingComes() {
        // When
        run(List.of());

        // Then
        assertThat(acknowledged).hasValue(1);
    }

    @Test
    void completesBeforeTheBrokersHaveTheRecords() {
        // When
        run(records(3));

        // Then
        assertThat(brokers.history()).hasSize(3);
        assertThat(acknowledged).hasValue(0);
    }

    @Test
    void refusesABatchOnceWhenRecordsCannotBeWritten() {
        // Given
        run(records(3));
        brokers.errorNext(new RecordTooLargeException("as the test wants it"));

        // When
        brokers.errorNext(new RecordTooLargeException("as the test wants it"));
        brokers.completeNext();

        // Then
        assertThat(refused).hasValue(1);
        assertThat(acknowledged).hasValue(0);
    }

    @Test
    void refusesABatchWhoseRecordsCannotBeMade() {
        // Given
        Iterable<OutRecord> broken = () -> {
            throw new IllegalStateException("as the test wants it");
        };

        // When
        run(broken);

        // Then
        assertThat(refused).hasValue(1);
        assertThat(acknowledged).hasValue(0);
    }

    @Test
    void makesRecordsOnlyWhileTheBrokersTakeThem() {
        // Given
        AtomicInteger made = new AtomicInteger();
        List<OutRecord> all = records(10);
        Iterable<OutRecord> counted =
                () -> all.stream().peek(record -> made.incrementAndGet()).iterator();
        takes.drainPermits();
        takes.release(5);

        // When
        CompletableFuture<Void> handedOver =
                pipeline.run(batch(), records -> Uni.createFrom().item(counted)).subscribeAsCompletionStage();

        // Then
        await().atMost(PATIENCE).until(takes::hasQueuedThreads);
        assertThat(made).hasValue(6);
        takes.release(5);
        assertThat(handedOver).succeedsWithin(PATIENCE);
        assertThat(made).hasValue(10);
    }

    private void run(Iterable<OutRecord> answer) {
        pipeline.run(batch(), records -> Uni.createFrom().item(answer)).await().atMost(PATIENCE);
    }

    private Message<List<byte[]>> batch() {
        var partition = new TopicPartition(Topic.DELIVERY_PUSH.topicName(), 0);
        var record = new ConsumerRecord<>(partition.topic(), 0, 7, "key", new byte[0]);
        var records = new ConsumerRecords<>(Map.of(partition, List.of(record)), Map.of());
        var metadata = new IncomingKafkaRecordBatchMetadata<>(records, "in", Map.of());
        return Message.of(
                Collections.singletonList(record.value()),
                Metadata.of(metadata),
                () -> CompletableFuture.completedFuture(null).thenRun(acknowledged::incrementAndGet),
                reason -> CompletableFuture.completedFuture(null).thenRun(refused::incrementAndGet));
    }

    private static List<OutRecord> records(int count) {
        return IntStream.range(0, count)
                .mapToObj(BatchAcknowledgementTest::record)
                .toList();
    }

    private static OutRecord record(int number) {
        return OutRecord.of(Topic.DELIVERY_OUTCOME, "key", number);
    }
}
