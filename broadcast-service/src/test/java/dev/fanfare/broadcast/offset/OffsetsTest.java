package dev.fanfare.broadcast.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OffsetsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Nothing else in these tests has anything to do with it. */
    private static final Topic TOPIC = Topic.DELIVERY_PUSH_BULK;

    private final String servers = TestInfrastructure.shared().kafkaBootstrapServers();
    private final String group = "group-" + UUID.randomUUID();
    private final Offsets offsets = new Offsets(Map.of("bootstrap.servers", servers));

    @AfterEach
    void close() {
        offsets.close();
    }

    @Test
    void aGroupThatIsNotThereIsBehindFromTheBeginning() throws Exception {
        // Given
        long before = behind();

        // When
        send(30);

        // Then
        assertThat(behind()).isEqualTo(before + 30);
    }

    @Test
    void whatIsCommittedIsDone() throws Exception {
        // Given
        send(30);
        Map<TopicPartition, Long> ends = offsets.ends(TOPIC).await().atMost(PATIENCE);
        commit(ends);
        assertThat(behind()).isZero();
        assertThat(offsets.done(group, TOPIC).await().atMost(PATIENCE)).isEqualTo(ends);

        // When
        send(7);

        // Then
        assertThat(behind()).isEqualTo(7);
    }

    @Test
    void whereTheBrokersDoNotAnswerThereIsAFailureAndNoGuess() {
        // Given
        Offsets nowhere = new Offsets(Map.of("bootstrap.servers", "127.0.0.1:1"));

        // Then
        assertThatThrownBy(() -> nowhere.behind(group, TOPIC).await().atMost(PATIENCE))
                .hasMessageContaining("Timed out");
        nowhere.close();
    }

    private long behind() {
        return offsets.behind(group, TOPIC).await().atMost(PATIENCE);
    }

    private void send(int records) throws Exception {
        try (TestKafka kafka = new TestKafka(servers)) {
            List<ProducerRecord<String, byte[]>> all = IntStream.range(0, records)
                    .mapToObj(i -> new ProducerRecord<>(TOPIC.topicName(), "key-" + i, new byte[0]))
                    .toList();
            kafka.sendAll(all);
        }
    }

    private void commit(Map<TopicPartition, Long> ends) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        ends.forEach((partition, offset) -> committed.put(partition, new OffsetAndMetadata(offset)));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.alterConsumerGroupOffsets(group, committed).all().get();
        }
    }
}
