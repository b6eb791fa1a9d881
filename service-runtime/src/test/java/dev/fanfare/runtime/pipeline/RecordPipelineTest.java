package dev.fanfare.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = InfrastructureResource.class, initArgs = @ResourceArg(name = "needs", value = "kafka"))
class RecordPipelineTest {

    private static final String GROUP = "pipeline-test";
    private static final Topic IN = Topic.DELIVERY_PUSH;
    private static final Topic OUT = Topic.DELIVERY_OUTCOME;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    CopyingService service;

    @Inject
    RecordPipeline pipeline;

    private TestKafka kafka;

    @BeforeEach
    void open() {
        kafka = new TestKafka(TestInfrastructure.shared().kafkaBootstrapServers());
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void writesWhatTheStepAnswersInItsOrder() throws Exception {
        // Given
        String key = newKey("order");

        // When
        for (int i = 0; i < 50; i++) {
            send(0, key, 3);
        }

        // Then
        List<String> values = values(kafka.await(OUT, 150, record -> key.equals(record.key())));
        assertThat(values)
                .hasSize(150)
                .isSortedAccordingTo(Comparator.comparingDouble(Double::parseDouble))
                .doesNotHaveDuplicates();
    }

    @Test
    void commitsARecordOfWhichNothingComes() throws Exception {
        // Given
        String key = newKey("nothing");

        // When
        long end = send(0, key, 0) + 1;

        // Then
        await().atMost(PATIENCE).until(() -> committed(0) >= end);
        assertThat(service.timesSeen(key)).isEqualTo(1);
    }

    @Test
    void triesAgainUntilTheInfrastructureIsBack() throws Exception {
        // Given
        String key = newKey("away");
        service.infrastructureIsAway(true);
        long end = send(0, key, 2) + 1;
        await().atMost(PATIENCE).until(() -> service.timesSeen(key) >= 3);
        long before = committed(0);

        // When
        service.infrastructureIsAway(false);

        // Then
        assertThat(before).isLessThan(end);
        assertThat(kafka.await(OUT, 2, record -> key.equals(record.key()))).hasSize(2);
        await().atMost(PATIENCE).until(() -> committed(0) >= end);
    }

    @Test
    void losesNothingWhileKafkaIsAway() throws Exception {
        // Given
        String key = newKey("outage");
        service.infrastructureIsAway(true);
        long end = send(0, key, 100) + 1;
        await().atMost(PATIENCE).until(() -> service.timesSeen(key) >= 1);
        TestInfrastructure.shared().stopKafka();
        service.infrastructureIsAway(false);
        long tries = service.timesSeen(key);
        await().atMost(PATIENCE).until(() -> service.timesSeen(key) > tries);

        // When
        TestInfrastructure.shared().startKafka();

        // Then: a consumer that the brokers took for dead meanwhile does it once more, which is allowed
        Set<String> values = new HashSet<>();
        kafka.await(OUT, 100, record -> key.equals(record.key()) && values.add(text(record)));
        assertThat(values).hasSize(100);
        await().atMost(PATIENCE).until(() -> committed(0) >= end);
    }

    @Test
    void writesWhatComesOfNoBatchAndSaysWhenItIsSafe() {
        // Given
        String key = newKey("no batch");
        List<OutRecord> records = Stream.of("1", "2", "3")
                .map(value -> new OutRecord(OUT, null, key, value.getBytes(StandardCharsets.UTF_8), Map.of()))
                .toList();

        // When
        pipeline.write(records).await().atMost(PATIENCE);

        // Then
        assertThat(values(kafka.all(OUT, record -> key.equals(record.key())))).containsExactly("1", "2", "3");
    }

    @Test
    void saysWhenARecordCanNeverBeWritten() {
        // Given
        OutRecord oversized =
                new OutRecord(OUT, null, newKey("oversized"), new byte[Topic.MAX_MESSAGE_BYTES + 1], Map.of());

        // When
        var written = pipeline.write(List.of(oversized));

        // Then
        assertThatThrownBy(() -> written.await().atMost(PATIENCE)).isInstanceOf(RecordTooLargeException.class);
    }

    private static String newKey(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    /** @return the offset of the record */
    private long send(int partition, String key, int copies) throws Exception {
        byte[] value = Integer.toString(copies).getBytes(StandardCharsets.UTF_8);
        return kafka.send(new ProducerRecord<>(IN.topicName(), partition, key, value));
    }

    private long committed(int partition) throws Exception {
        return kafka.committed(GROUP, IN).getOrDefault(partition, 0L);
    }

    private static List<String> values(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream().map(RecordPipelineTest::text).toList();
    }

    private static String text(ConsumerRecord<String, byte[]> record) {
        return new String(record.value(), StandardCharsets.UTF_8);
    }
}
