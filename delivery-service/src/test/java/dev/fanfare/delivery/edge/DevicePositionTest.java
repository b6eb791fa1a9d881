package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.delivery.position.DevicePositions;
import dev.fanfare.delivery.window.StreamPosition;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An app that was killed remembers nothing: it comes back with its device id alone. */
@QuarkusTest
@TestProfile(DevicePositionTest.FrequentPings.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class DevicePositionTest {

    /** A test does not want to wait for 25 seconds. */
    public static class FrequentPings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("fanfare.session.ping-interval", "4s", "fanfare.session.pong-timeout", "2s");
        }
    }

    private static final String USER = "u1";
    private static final String DEVICE = "phone-1";

    @Inject
    EdgeServer server;

    @Inject
    DevicePositions positions;

    private final EdgeFixture fixture = new EdgeFixture();

    @BeforeEach
    void awaitServer() {
        await().until(() -> server.address() != null);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aPongConfirmsWhatCameBeforeIt() throws Exception {
        // Given: it got a broadcast, answered a ping, and was torn away
        try (EdgeClient phone = new EdgeClient(server.address())) {
            connect(phone, DEVICE);
            fixture.broadcast("seen");
            long offset = phone.nextPublication("broadcast").path("offset").asLong();
            await().until(() ->
                    kept(DEVICE).filter(position -> position.offset() >= offset).isPresent());
        }

        // Then
        try (EdgeClient phone = new EdgeClient(server.address())) {
            JsonNode reply = connect(phone, DEVICE);
            assertThat(reply.path("recovered").asBoolean()).isTrue();
            assertThat(EdgeTest.uids(reply.path("publications"))).isEmpty();
        }
    }

    @Test
    void anotherDeviceOfTheUserIsNotMeant() throws Exception {
        // Given
        String uid;
        try (EdgeClient phone = new EdgeClient(server.address())) {
            connect(phone, DEVICE);
            uid = fixture.broadcast("seen by one").messageUID();
            long offset = phone.nextPublication("broadcast").path("offset").asLong();
            await().until(() ->
                    kept(DEVICE).filter(position -> position.offset() >= offset).isPresent());
        }

        // Then
        try (EdgeClient tablet = new EdgeClient(server.address())) {
            assertThat(EdgeTest.uids(connect(tablet, "tablet-1").path("publications")))
                    .containsExactly(uid);
        }
        try (EdgeClient unnamed = new EdgeClient(server.address())) {
            assertThat(EdgeTest.uids(unnamed.connect(fixture.token(USER))
                            .path("connect")
                            .path("subs")
                            .path("broadcast")
                            .path("publications")))
                    .containsExactly(uid);
        }
    }

    @Test
    void aPositionThatTheClientNamesCountsMore() throws Exception {
        // Given: the server knows that the device has it, and the device says that it has not
        JsonNode before;
        String uid;
        try (EdgeClient phone = new EdgeClient(server.address())) {
            before = connect(phone, DEVICE);
            uid = fixture.broadcast("seen").messageUID();
            long offset = phone.nextPublication("broadcast").path("offset").asLong();
            await().until(() ->
                    kept(DEVICE).filter(position -> position.offset() >= offset).isPresent());
        }

        // Then
        try (EdgeClient phone = new EdgeClient(server.address())) {
            phone.send("{\"id\":1,\"connect\":{\"token\":\"" + fixture.token(USER) + "\",\"data\":{\"deviceId\":\""
                    + DEVICE + "\"},\"subs\":" + EdgeTest.recoverFrom(before) + "}}");
            JsonNode reply = phone.next().path("connect").path("subs").path("broadcast");
            assertThat(EdgeTest.uids(reply.path("publications"))).containsExactly(uid);
        }
    }

    private JsonNode connect(EdgeClient client, String device) throws Exception {
        client.send("{\"id\":1,\"connect\":{\"token\":\"" + fixture.token(USER) + "\",\"data\":{\"deviceId\":\""
                + device + "\"}}}");
        return client.next().path("connect").path("subs").path("broadcast");
    }

    private Optional<StreamPosition> kept(String device) {
        return positions
                .load(fixture.app, USER, device, Duration.ofSeconds(2))
                .await()
                .atMost(Duration.ofSeconds(5));
    }
}
