package dev.fanfare.runtime.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
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
