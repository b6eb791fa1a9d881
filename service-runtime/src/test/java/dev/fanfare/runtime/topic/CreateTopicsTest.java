package dev.fanfare.runtime.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.embedded.FreePorts;
import dev.fanfare.embedded.LocalKafka;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreateTopicsTest {

    private static final short ONE_COPY = 1;

    @Test
    void createsWhatIsMissingAndLeavesTheRest(@TempDir Path data) throws Exception {
        // Given brokers without a topic
        try (LocalKafka kafka = LocalKafka.start(data, FreePorts.next())) {
            Map<String, Object> brokers =
                    CreateTopics.brokers(Map.of("KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()));

            // When
            List<Topic> first = CreateTopics.createMissing(brokers, ONE_COPY);
            List<Topic> second = CreateTopics.createMissing(brokers, ONE_COPY);

            // Then
            assertThat(first).containsExactly(Topic.values());
            assertThat(second).isEmpty();
            try (Admin admin = Admin.create(brokers)) {
                String stream = Topic.DELIVERY_STREAM.topicName();
                assertThat(admin.describeTopics(List.of(stream))
                                .allTopicNames()
                                .get()
                                .get(stream)
                                .partitions())
                        .hasSize(Topic.DELIVERY_STREAM.partitions());
            }
        }
    }

    @Test
    void isToldOfTheBrokersAsTheServicesAre() {
        // Given
        Map<String, String> environment = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS", "kafka:9093",
                "KAFKA_SASL_JAAS_CONFIG", "module required;",
                "FANFARE_TOPICS_REPLICATION", "3",
                "PATH", "/bin");

        // When
        Map<String, Object> brokers = CreateTopics.brokers(environment);

        // Then
        assertThat(brokers)
                .containsEntry("bootstrap.servers", "kafka:9093")
                .containsEntry("sasl.jaas.config", "module required;")
                .containsOnlyKeys("bootstrap.servers", "sasl.jaas.config", "default.api.timeout.ms");
    }
}
