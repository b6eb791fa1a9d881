package dev.fanfare.delivery.mailbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.SessionEnd;
import dev.fanfare.contracts.delivery.SessionEnd.Reason;
import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.contracts.topic.RejectedHeaders;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.delivery.node.NodeIdentity;
import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.session.SessionInfo;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One session a device, three a user. */
@QuarkusTest
@TestProfile(RoutingProfile.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class SessionLimitTest {

    @Inject
    RecordingSessions sessions;

    @Inject
    HeldMailboxes mailboxes;

    @Inject
    NodeIdentity node;

    @Inject
    RedisDataSource redis;

    private final RoutingFixture fixture = new RoutingFixture();

    @BeforeEach
    void waitForAnAddress() {
        await().until(() -> !mailboxes.isEmpty());
    }

    @AfterEach
    void close() {
        redis.key().del("fanfare:node:other");
        fixture.close();
    }

    @Test
    void aDeviceThatComesBackReplacesItsOldSession() {
        // Given
        SessionInfo old = sessions.connect(fixture.app, "u1", "phone");
        SessionInfo tablet = sessions.connect(fixture.app, "u1", "tablet");
        SessionInfo stranger = sessions.connect(fixture.app, "u2", "phone");

        // When
        SessionInfo current = sessions.connect(fixture.app, "u1", "phone");

        // Then
        await().untilAsserted(() -> assertThat(sessions.endOf(old)).isEqualTo(CloseCode.REPLACED));
        await().untilAsserted(() -> assertThat(entries("u1")).containsOnly(tablet.sessionId(), current.sessionId()));
        assertThat(List.of(tablet, stranger, current)).noneMatch(open -> sessions.endOf(open) != null);
    }

    @Test
    void theOldestSessionOfAUserMakesRoom() {
        // Given
        SessionInfo oldest = sessions.connect(fixture.app, "u1", null);
        List<SessionInfo> others =
                List.of(sessions.connect(fixture.app, "u1", "phone"), sessions.connect(fixture.app, "u1", "tablet"));

        // When
        SessionInfo fourth = sessions.connect(fixture.app, "u1", null);

        // Then
        await().untilAsserted(() -> assertThat(entries("u1"))
                .containsOnly(others.get(0).sessionId(), others.get(1).sessionId(), fourth.sessionId()));
        assertThat(sessions.endOf(oldest)).isEqualTo(CloseCode.REPLACED);
    }

    @Test
    void ofManyThatComeAtTheSameTimeOneStays() throws Exception {
        // Given
        ExecutorService threads = Executors.newFixedThreadPool(8);

        // When
        List<Future<SessionInfo>> connecting = IntStream.range(0, 40)
                .mapToObj(i -> threads.submit(() -> sessions.connect(fixture.app, "u1", "phone")))
                .toList();
        for (Future<SessionInfo> one : connecting) {
            one.get();
        }
        threads.shutdown();

        // Then
        await().untilAsserted(() -> assertThat(entries("u1")).hasSize(1));
        String left = entries("u1").get(0);
        for (Future<SessionInfo> one : connecting) {
            assertThat(sessions.endOf(one.get()))
                    .isEqualTo(one.get().sessionId().equals(left) ? null : CloseCode.REPLACED);
        }
    }

    @Test
    void aSessionOfAnotherNodeIsEndedByItsMailbox() {
        // Given
        redis.value(String.class).setex("fanfare:node:other", 60, "1");
        announce("u1", "theirs", "other");

        // When
        sessions.connect(fixture.app, "u1", "phone");

        // Then
        ConsumerRecord<String, byte[]> record = fixture.kafka
                .await(Topic.DELIVERY_NODE, 1, one -> (fixture.app + ":u1").equals(one.key()))
                .get(0);
        assertThat(record.partition()).isEqualTo(2);
        assertThat(record.headers().lastHeader(CommandHeaders.TYPE).value())
                .asString()
                .isEqualTo(SessionEnd.EVENT_TYPE);
        assertThat(TestKafka.valueOf(record, SessionEnd.class))
                .isEqualTo(new SessionEnd(fixture.app, "u1", "theirs", Reason.REPLACED));
        assertThat(entries("u1")).contains("theirs");
    }

    @Test
    void whatADeadNodeOrThisOneLeftBehindDoesNotCountAndIsRemoved() {
        // Given
        announce("u1", "dead", "gone");
        announce("u1", "never-closed", node.id());
        SessionInfo tablet = sessions.connect(fixture.app, "u1", "tablet");
        SessionInfo unnamed = sessions.connect(fixture.app, "u1", null);

        // When
        SessionInfo phone = sessions.connect(fixture.app, "u1", "phone");

        // Then
        await().untilAsserted(() ->
                assertThat(entries("u1")).containsOnly(tablet.sessionId(), unnamed.sessionId(), phone.sessionId()));
        assertThat(fixture.kafka.all(Topic.DELIVERY_NODE, one -> (fixture.app + ":u1").equals(one.key())))
                .isEmpty();
        assertThat(sessions.endOf(tablet)).isNull();
    }

    @Test
    void aSessionIsEndedWhenAnotherNodeSaysSo() throws Exception {
        // Given
        SessionInfo session = sessions.connect(fixture.app, "u1", "phone");

        // When
        fixture.kafka.send(end(Json.write(new SessionEnd(fixture.app, "u1", session.sessionId(), Reason.REPLACED))));

        // Then
        await().untilAsserted(() -> assertThat(sessions.endOf(session)).isEqualTo(CloseCode.REPLACED));
        await().untilAsserted(() -> assertThat(entries("u1")).isEmpty());
    }

    @Test
    void ofASessionThatIsNotHereOnlyWhatThisNodeLeftBehindIsRemoved() throws Exception {
        // Given
        redis.value(String.class).setex("fanfare:node:other", 60, "1");
        announce("u1", "never-closed", node.id());
        announce("u1", "theirs", "other");

        // When
        for (String session : List.of("never-closed", "theirs", "unknown")) {
            fixture.kafka.send(end(Json.write(new SessionEnd(fixture.app, "u1", session, Reason.REPLACED))));
        }

        // Then
        await().untilAsserted(() -> assertThat(entries("u1")).containsExactly("theirs"));
    }

    @Test
    void whatDoesNotSayWhichSessionIsPutAside() throws Exception {
        // When
        fixture.kafka.send(end("{\"half\":".getBytes(StandardCharsets.UTF_8)));
        fixture.kafka.send(
                end("{\"appKey\":\"a\",\"userId\":\"u\",\"reason\":\"REPLACED\"}".getBytes(StandardCharsets.UTF_8)));
        fixture.kafka.send(end("{\"appKey\":\"a\",\"userId\":\"u\",\"sessionId\":\"s\",\"reason\":\"OTHER\"}"
                .getBytes(StandardCharsets.UTF_8)));

        // Then
        assertThat(fixture.kafka.await(Topic.DELIVERY_REJECTED, 3, record -> fixture.app.equals(record.key())))
                .extracting(record -> new String(
                        record.headers().lastHeader(RejectedHeaders.REASON).value(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrder("MALFORMED", "INVALID", "MALFORMED");
    }

    @Test
    void withoutRedisNobodyIsEnded() {
        // Given
        SessionInfo old = sessions.connect(fixture.app, "u1", "phone");
        TestInfrastructure.shared().stopRedis();
        SessionInfo current;
        try {
            // When
            current = sessions.connectUnannounced(fixture.app, "u1", "phone");
        } finally {
            TestInfrastructure.shared().startRedis();
        }

        // Then
        await().untilAsserted(() -> assertThat(entries("u1")).containsOnly(old.sessionId(), current.sessionId()));
        assertThat(sessions.endOf(old)).isNull();
        SessionInfo next = sessions.connect(fixture.app, "u1", "phone");
        await().untilAsserted(() -> assertThat(entries("u1")).containsExactly(next.sessionId()));
    }

    /** An entry of the user's phone. */
    private void announce(String user, String session, String nodeId) {
        redis.hash(String.class)
                .hset(
                        hash(user),
                        session,
                        "{\"mailbox\":2,\"node\":\"" + nodeId + "\",\"device\":\"phone\",\"connectedAt\":1}");
    }

    private List<String> entries(String user) {
        return redis.hash(String.class).hkeys(hash(user));
    }

    private String hash(String user) {
        return "fanfare:presence:user:" + fixture.app + ":" + user;
    }

    private ProducerRecord<String, byte[]> end(byte[] value) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topic.DELIVERY_NODE.topicName(), 0, fixture.app, value);
        record.headers().add(CommandHeaders.TYPE, SessionEnd.EVENT_TYPE.getBytes(StandardCharsets.UTF_8));
        return record;
    }
}
