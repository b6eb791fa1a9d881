package dev.fanfare.testkit.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contracts.topic.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardedKafkaTest {

    private static final String SERVICE = "template-service";
    private static final Duration A_MOMENT = Duration.ofSeconds(5);

    private static GuardedKafka kafka;

    @BeforeAll
    static void start(@TempDir Path dataDir) throws Exception {
        kafka = GuardedKafka.start(dataDir);
        kafka.broker().createTopics(topic -> 1);
    }

    @AfterAll
    static void stop() {
        kafka.broker().close();
    }

    @Test
    void aServiceWritesWhatItHasTheRightTo() {
        assertThatCode(() -> write(Topic.DELIVERY_DIRECT)).doesNotThrowAnyException();
        assertThatThrownBy(() -> write(Topic.USER_ACCESS)).hasCauseInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> write(Topic.TEMPLATE_COMMAND)).hasCauseInstanceOf(TopicAuthorizationException.class);
    }

    @Test
    void aServiceReadsWhatItHasTheRightToWithItsOwnGroup() {
        assertThatCode(() -> read(Topic.TEMPLATE_COMMAND, SERVICE)).doesNotThrowAnyException();
        assertThatThrownBy(() -> read(Topic.USER_ACCESS, SERVICE)).isInstanceOf(TopicAuthorizationException.class);
        assertThatThrownBy(() -> read(Topic.TEMPLATE_COMMAND, "delivery-push"))
                .isInstanceOf(GroupAuthorizationException.class);
    }

    @Test
    void nobodyComesInAsAServiceWithoutItsPassword() {
        // Given
        Map<String, Object> client = new HashMap<>(kafka.clientOf(SERVICE));
        client.put(
                "sasl.jaas.config",
                client.get("sasl.jaas.config").toString().replace("password=\"", "password=\"not-"));

        // Then
        try (Admin stranger = Admin.create(client)) {
            assertThatThrownBy(() -> stranger.describeCluster().clusterId().get())
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void testsMayDoEverything() throws Exception {
        try (TestKafka tests = new TestKafka(kafka.broker().bootstrapServers())) {
            tests.send(new ProducerRecord<>(Topic.USER_ACCESS.topicName(), "key", new byte[0]));
            assertThat(tests.await(Topic.USER_ACCESS, 1, record -> record.key().equals("key")))
                    .hasSize(1);
        }
    }

    private static void write(Topic topic) throws Exception {
        try (TestKafka service = new TestKafka(new HashMap<>(kafka.clientOf(SERVICE)))) {
            service.send(new ProducerRecord<>(topic.topicName(), "key", new byte[0]));
        }
    }

    private static void read(Topic topic, String group) {
        Map<String, Object> client = new HashMap<>(kafka.clientOf(SERVICE));
        client.put("group.id", group);
        client.put("group.protocol", "consumer");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic.topicName()));
            // The first one joins the group.
            for (int i = 0; i < 10 && consumer.assignment().isEmpty(); i++) {
                consumer.poll(A_MOMENT.dividedBy(10));
            }
            assertThat(consumer.assignment()).isNotEmpty();
        }
    }
}
