package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.delivery.device.Devices;
import dev.fanfare.delivery.push.PushFixture;
import dev.fanfare.delivery.push.ScriptedProvider;
import dev.fanfare.delivery.push.ScriptedProvider.Sent;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A push for those who are not online, and sockets that are alive or seem so. */
@QuarkusTest
@TestProfile(AliveOrPushTest.ShortPatience.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class AliveOrPushTest {

    /** A test does not want to wait for 8 seconds. */
    public static class ShortPatience implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("fanfare.session.confirm-timeout", "1s");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(ScriptedProvider.One.class);
        }
    }

    @Inject
    EdgeServer server;

    @Inject
    Devices devices;

    @Inject
    ScriptedProvider.One provider;

    @Inject
    Pool pool;

    private final EdgeFixture fixture = new EdgeFixture();
    private PushFixture pushes;

    @BeforeEach
    void open() {
        pushes = new PushFixture(devices, pool);
        PushFixture.credential(fixture.app, "one", "key");
        await().until(() -> server.address() != null);
    }

    @AfterEach
    void close() {
        pushes.close();
        fixture.close();
    }

    @Test
    void whoAnswersIsNotPushedAndWhoDoesNotIs() throws Exception {
        try (EdgeClient alive = new EdgeClient(server.address());
                EdgeClient dead = new EdgeClient(server.address());
                EdgeClient deadPhone = new EdgeClient(server.address());
                EdgeClient aliveTablet = new EdgeClient(server.address())) {
            // Given
            connect(alive, "alive", "phone");
            connect(dead, "dead", "phone");
            connect(deadPhone, "both", "phone");
            connect(aliveTablet, "both", "tablet");
            dead.stopAnswering();
            deadPhone.stopAnswering();
            for (String user : List.of("alive", "dead", "both", "away")) {
                pushes.device(fixture.app, user, "phone", "one");
            }

            // When
            send(List.of("alive", "dead", "both", "away", "nobody"), "M1", System.currentTimeMillis());

            // Then
            await().untilAsserted(() -> assertThat(pushedUsers("M1")).containsExactlyInAnyOrder("away", "dead"));
            assertThat(dead.closeCode()).isEqualTo(3012);
            assertThat(alive.pings()).isEqualTo(1);
            awaitAllBefore();
            assertThat(pushedUsers("M1")).containsExactlyInAnyOrder("away", "dead");
        }
    }

    @Test
    void whoLeavesInsteadOfAnsweringIsPushed() throws Exception {
        try (EdgeClient leaving = new EdgeClient(server.address())) {
            // Given
            connect(leaving, "leaving", "phone");
            leaving.stopAnswering();
            pushes.device(fixture.app, "leaving", "phone", "one");
            send(List.of("leaving"), "M1", System.currentTimeMillis());
            await().until(() -> leaving.pings() == 1);

            // When
            leaving.cut();

            // Then
            await().untilAsserted(() -> assertThat(pushedUsers("M1")).containsExactly("leaving"));
        }
    }

    @Test
    void whoHasAnsweredOrConnectedSinceIsNotAskedAgain() throws Exception {
        try (EdgeClient client = new EdgeClient(server.address())) {
            // Given
            connect(client, "u1", "phone");
            pushes.device(fixture.app, "u1", "phone", "one");
            long connected = System.currentTimeMillis() + 1;
            await().until(() -> System.currentTimeMillis() > connected);

            // When: connected since
            send(List.of("u1"), "M1", connected - 10_000);
            awaitAllBefore();

            // Then
            assertThat(client.pings()).isZero();

            // When: not connected since, and asked by two at a time
            send(List.of("u1"), "M2", System.currentTimeMillis());
            await().until(() -> client.pings() == 1);
            awaitAllBefore();
            // When: answered since
            send(List.of("u1"), "M3", connected - 999);
            awaitAllBefore();

            // Then
            assertThat(client.pings()).isEqualTo(1);
            assertThat(provider.sentTo(fixture.app)).extracting(Sent::uid).doesNotContain("M1", "M2", "M3");
        }
    }

    private List<String> pushedUsers(String uid) {
        return pushed(uid).map(Sent::user).toList();
    }

    private Stream<Sent> pushed(String uid) {
        return provider.sentTo(fixture.app).stream().filter(sent -> sent.uid().equals(uid));
    }

    /** All that was sent before has gone through dispatch and mailbox, where it is in front of this. */
    private void awaitAllBefore() throws Exception {
        String last = "last-" + UUID.randomUUID();
        try (EdgeClient client = new EdgeClient(server.address())) {
            connect(client, last, "phone");
            client.stopAnswering();
            pushes.device(fixture.app, last, "phone", "one");
            send(List.of(last), last, System.currentTimeMillis());
            await().untilAsserted(() -> assertThat(pushedUsers(last)).containsExactly(last));
        }
    }

    private void connect(EdgeClient client, String user, String device) throws Exception {
        client.send("{\"id\":1,\"connect\":{\"token\":\"" + fixture.token(user) + "\",\"data\":{\"deviceId\":\""
                + device + "\"}}}");
        assertThat(client.next().has("connect")).isTrue();
    }

    private void send(List<String> users, String uid, long sentTime) throws Exception {
        ClientMessage message =
                new ClientMessage(uid, ConversationType.SYSTEM, "sys", "sys", "RC:TxtMsg", null, sentTime, null);
        DirectDelivery chunk = new DirectDelivery(
                fixture.app,
                DeliveryPolicy.PUSH_OFFLINE,
                users,
                message,
                new PushNotification(null, "hello", null, null, null));
        fixture.kafka.send(new ProducerRecord<>(Topic.DELIVERY_BULK.topicName(), fixture.app, Json.write(chunk)));
    }
}
