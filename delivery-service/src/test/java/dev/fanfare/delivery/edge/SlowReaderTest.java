package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.delivery.session.SessionRegistry;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@QuarkusTest
@TestProfile(SlowReaderTest.ShortPatience.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class SlowReaderTest {

    /** A test does not want to wait for five seconds. */
    public static class ShortPatience implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("fanfare.session.slow-timeout", "1s");
        }
    }

    private static final String LARGE = "x".repeat(100_000);

    @Inject
    EdgeServer server;

    @Inject
    SessionRegistry sessions;

    @Test
    void isCutAndComesBackAndMissesNothing() throws Exception {
        await().until(() -> server.address() != null);
        try (EdgeFixture fixture = new EdgeFixture();
                EdgeClient other = new EdgeClient(server.address());
                EdgeClient slow = new EdgeClient(server.address())) {
            // Given
            List<String> sent = new ArrayList<>();
            other.connect(fixture.token("other"));
            JsonNode position = slow.connect(fixture.token("slow"))
                    .path("connect")
                    .path("subs")
                    .path("broadcast");
            assertThat(sessions.size()).isEqualTo(2);

            // When: it does not read, and more is sent than the systems' buffers take
            slow.stopReading();
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                sent.add(fixture.broadcast(LARGE).messageUID());
                return sessions.size() == 1;
            });

            // Then: the other one got everything, and it does when it is back
            assertThat(publications(other, sent.size())).isEqualTo(sent);
            try (EdgeClient back = new EdgeClient(server.address())) {
                JsonNode reply = back.connect(fixture.token("slow"), EdgeTest.recoverFrom(position))
                        .path("connect")
                        .path("subs")
                        .path("broadcast");
                assertThat(reply.path("recovered").asBoolean()).isTrue();
                List<String> got = new ArrayList<>(EdgeTest.uids(reply.path("publications")));
                got.addAll(publications(back, sent.size() - got.size()));
                assertThat(got).isEqualTo(sent);
                assertThat(back.drain()).isEmpty();
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void takesLittleOfTheSystemsMemoryAndGivesItBackAtTheEnd() throws Exception {
        await().until(() -> server.address() != null);
        try (EdgeFixture fixture = new EdgeFixture();
                RawClient slow = new RawClient(server.address())) {
            // Given
            slow.openStream(fixture.token("slow")).until("\"connect\"");

            // When: it does not read
            List<Long> held = new ArrayList<>();
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                fixture.broadcast(LARGE);
                held.add(slow.heldByTheServersSystem());
                return sessions.size() == 0;
            });

            // Then
            assertThat(Collections.max(held)).isBetween(1L, 200_000L);
            assertThat(slow.isBrokenOff()).isTrue();
            assertThat(slow.heldByTheServersSystem()).isZero();
        }
    }

    private static List<String> publications(EdgeClient client, int count) throws InterruptedException {
        List<String> uids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            uids.add(client.nextPublication("broadcast")
                    .path("data")
                    .path("messageUID")
                    .asText());
        }
        return uids;
    }
}
