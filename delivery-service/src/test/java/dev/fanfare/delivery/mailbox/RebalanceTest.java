package dev.fanfare.delivery.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.NodeDelivery;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.delivery.session.SessionInfo;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another node joins the group, which here is a plain consumer, and leaves again. */
@QuarkusTest
@TestProfile(RoutingProfile.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class RebalanceTest {

    private static final int PARTITIONS = 3;

    @Inject
    RecordingSessions sessions;

    @Inject
    HeldMailboxes mailboxes;

    @Inject
    RedisDataSource redis;

    private final RoutingFixture fixture = new RoutingFixture();

    @BeforeEach
    void waitForAllAddresses() {
        await().until(this::holdsAll);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void sessionsOfALostMailboxAreFoundInAnotherOne() throws Exception {
        // Given
        List<SessionInfo> connected = IntStream.range(0, 30)
                .mapToObj(i -> sessions.connect(fixture.app, "u" + i))
                .toList();

        try (KafkaConsumer<String, byte[]> other = otherNode()) {
            // When
            int lost = awaitLoss(other);

            // Then
            assertThat(connected)
                    .allSatisfy(session -> assertThat(entry(session)).doesNotContain("\"mailbox\":" + lost + ","));
            List<String> uids = new ArrayList<>();
            for (SessionInfo session : connected) {
                String uid = RoutingFixture.uid();
                uids.add(uid);
                fixture.send(fixture.personal(session.userId(), uid, RoutingFixture.PUSH));
            }
            for (int i = 0; i < connected.size(); i++) {
                SessionInfo session = connected.get(i);
                String uid = uids.get(i);
                await().untilAsserted(
                                () -> assertThat(sessions.received(session)).containsExactly(uid));
            }
        }
        await().until(this::holdsAll);
    }

    @Test
    void aRecordForAUserOfAnotherNodeIsSentThere() throws Exception {
        try (KafkaConsumer<String, byte[]> other = otherNode()) {
            // Given
            int theirs = awaitLoss(other);
            int ours = IntStream.range(0, PARTITIONS)
                    .filter(mailboxes::holds)
                    .findFirst()
                    .orElseThrow();
            redis.value(String.class).setex("fanfare:node:other", 60, "1");
            redis.hash(String.class)
                    .hset(
                            "fanfare:presence:user:" + fixture.app + ":u1",
                            "s1",
                            "{\"mailbox\":" + theirs + ",\"node\":\"other\",\"device\":\"d\",\"connectedAt\":1}");
            String uid = RoutingFixture.uid();

            // When
            fixture.sendToMailbox(ours, fixture.personal("u1", uid, RoutingFixture.PUSH), 2);

            // Then
            await().untilAsserted(() -> assertThat(fixture.mailboxRecords(uid))
                    .extracting(NodeDelivery::reroutes)
                    .containsExactlyInAnyOrder(2, 3));
            assertThat(fixture.outcomes(uid)).isEmpty();
            redis.key(String.class).del("fanfare:node:other");
        }
        await().until(this::holdsAll);
    }

    @Test
    void whatWaitsInTheMailboxOfADeadNodeIsNotLost() throws Exception {
        // Given
        String uid = RoutingFixture.uid();
        String reached = RoutingFixture.uid();
        SessionInfo back = sessions.connect(fixture.app, "came-back");
        try (KafkaConsumer<String, byte[]> other = otherNode()) {
            int theirs = awaitLoss(other);
            fixture.sendToMailbox(theirs, fixture.personal("u1", uid, RoutingFixture.PUSH), 0);
            fixture.sendToMailbox(theirs, fixture.personal("came-back", reached, RoutingFixture.PUSH), 0);

            // When
            other.unsubscribe();

            // Then
            assertThat(fixture.awaitOutcome(uid)).isEqualTo(Kind.PUSHED);
            assertThat(fixture.awaitOutcome(reached)).isEqualTo(Kind.DELIVERED);
            assertThat(sessions.received(back)).containsExactly(reached);
        }
        await().until(this::holdsAll);
    }

    private String entry(SessionInfo session) {
        return redis.hash(String.class)
                .hget("fanfare:presence:user:" + session.appKey() + ":" + session.userId(), session.sessionId());
    }

    private boolean holdsAll() {
        return IntStream.range(0, PARTITIONS).allMatch(mailboxes::holds);
    }

    /** The other node polls until it has a mailbox; it never commits what it reads. */
    private int awaitLoss(KafkaConsumer<String, byte[]> other) {
        await().until(() -> {
            other.poll(Duration.ofMillis(50));
            return other.assignment().stream().anyMatch(held -> !mailboxes.holds(held.partition()));
        });
        return other.assignment().iterator().next().partition();
    }

    private static KafkaConsumer<String, byte[]> otherNode() {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", TestInfrastructure.shared().kafkaBootstrapServers(),
                        "group.id", "delivery-edge",
                        "group.protocol", "consumer",
                        "enable.auto.commit", "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topic.DELIVERY_NODE.topicName()));
        return consumer;
    }
}
