package dev.fanfare.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.topic.Topic;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordBatchMetadata;
import io.vertx.core.Vertx;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the pipeline lets a batch be committed, with the test in the brokers' place. */
class BatchAcknowledgementTest {

    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private Vertx vertx;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void acknowledgesABatchAfterTheLastOfItsRecordsWasWritten() {
        // Given
        var written = brokersThatWant(Long.MAX_VALUE, records(3));
        List<Message<byte[]>> messages = written.awaitItems(3).awaitCompletion().getItems();
        messages.get(2).ack();
        messages.get(0).ack();
        int before = acknowledged.get();

        // When
        messages.get(1).ack();

        // Then
        assertThat(before).isZero();
        assertThat(acknowledged).hasValue(1);
    }

    @Test
    void doesNotAcknowledgeABatchWhoseRecordsAreNotAllTaken() {
        // Given
        var written = brokersThatWant(2, records(3));
        List<Message<byte[]>> messages = written.awaitItems(2).getItems();

        // When
        messages.forEach(Message::ack);

        // Then
        assertThat(acknowledged).hasValue(0);
    }

    @Test
    void refusesABatchOnceWhenRecordsCannotBeWritten() {
        // Given
        var written = brokersThatWant(Long.MAX_VALUE, records(3));
        List<Message<byte[]>> messages = written.awaitItems(3).awaitCompletion().getItems();
        messages.get(0).nack(new IllegalStateException("too large"));

        // When
        messages.get(1).nack(new IllegalStateException("too large"));
        messages.get(2).ack();

        // Then
        assertThat(refused).hasValue(1);
        assertThat(acknowledged).hasValue(0);
    }

    @Test
    void makesRecordsOnlyWhenTheBrokersWantThem() {
        // Given
        AtomicInteger made = new AtomicInteger();
        Iterator<OutRecord> endless = IntStream.iterate(0, i -> i + 1)
                .peek(i -> made.incrementAndGet())
                .mapToObj(BatchAcknowledgementTest::record)
                .iterator();

        // When
        brokersThatWant(5, () -> endless).awaitItems(5);

        // Then
        assertThat(made).hasValueBetween(5, 6);
    }

    private AssertSubscriber<Message<byte[]>> brokersThatWant(long count, Iterable<OutRecord> answer) {
        RecordPipeline pipeline = new RecordPipeline(vertx);
        return pipeline.run(Multi.createFrom().item(batch()), records -> Uni.createFrom()
                        .item(answer))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(count));
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
