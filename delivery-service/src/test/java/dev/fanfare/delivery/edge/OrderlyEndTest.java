package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.delivery.position.DevicePositions;
import dev.fanfare.delivery.session.SessionRegistry;
import dev.fanfare.delivery.window.StreamPosition;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a connection ends decides what its device is known to have. */
@QuarkusTest
@TestProfile(OrderlyEndTest.RarePings.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class OrderlyEndTest {

    /** No ping comes in between: nothing is confirmed by a pong, and nothing is written that the test does not write. */
    public static class RarePings implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("fanfare.session.ping-interval", "1h");
        }
    }

    /** Longer than what counts as quiet. */
    private static final Duration QUIET = Duration.ofMillis(1_200);

    private static final String USER = "u1";
    private static final String DEVICE = "phone-1";

    @Inject
    EdgeServer server;

    @Inject
    DevicePositions positions;

    @Inject
    SessionRegistry sessions;

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
    void anOrderlyEndConfirmsWhatWasTakenForASecond() throws Exception {
        // Given: a client that answers no ping
        try (RawClient phone = new RawClient(server.address())) {
            openEvents(phone);
            fixture.broadcast("seen");
            phone.until("seen");
            phone.until("\n\n\r\n");
            long seen = System.nanoTime();
            await().until(() -> System.nanoTime() - seen > QUIET.toNanos());
        }

        // Then
        await().until(() -> kept(DEVICE).isPresent());
        try (EdgeClient phone = new EdgeClient(server.address())) {
            assertThat(EdgeTest.uids(connect(phone, DEVICE).path("publications")))
                    .isEmpty();
        }
    }

    @Test
    void whatWasUnderWayWhenTheConnectionBrokeIsToldAgain() throws Exception {
        // Given
        String uid;
        try (RawClient phone = new RawClient(server.address())) {
            openEvents(phone);
            uid = fixture.broadcast("seen, perhaps").messageUID();
            phone.until("seen, perhaps");
            phone.breakOff();
        }
        await().until(() -> sessions.size() == 0);
        positions.flush().await().atMost(Duration.ofSeconds(10));

        // Then: under the same messageUID
        assertThat(kept(DEVICE)).isEmpty();
        try (EdgeClient phone = new EdgeClient(server.address())) {
            assertThat(EdgeTest.uids(connect(phone, DEVICE).path("publications")))
                    .containsExactly(uid);
        }
    }

    private void openEvents(RawClient client) throws Exception {
        String connect = "{\"id\":1,\"connect\":{\"token\":\"" + fixture.token(USER) + "\",\"data\":{\"deviceId\":\""
                + DEVICE + "\"}}}";
        client.send("GET " + HttpRoutes.SSE_PATH + "?cf_connect=" + URLEncoder.encode(connect, StandardCharsets.UTF_8)
                + " HTTP/1.1\r\nHost: edge\r\n\r\n");
        client.until("\"subs\"");
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
