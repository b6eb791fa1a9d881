package dev.fanfare.delivery.edge;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Somebody else has the port of the edge when the node starts. */
@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
@QuarkusTestResource(value = OccupiedPortTest.Occupied.class, restrictToAnnotatedClass = true)
class OccupiedPortTest {

    @Inject
    EdgeServer server;

    private ServerSocket other;

    /** Listens on a port until the test is over with it, and makes it that of the edge. */
    public static final class Occupied implements QuarkusTestResourceLifecycleManager {

        private ServerSocket socket;

        @Override
        public Map<String, String> start() {
            try {
                socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return Map.of(
                    "fanfare.edge.host", "127.0.0.1", "fanfare.edge.port", Integer.toString(socket.getLocalPort()));
        }

        @Override
        public void inject(TestInjector injector) {
            injector.injectIntoFields(socket, field -> field.getType() == ServerSocket.class);
        }

        @Override
        public void stop() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void theNodeIsNotReadyUntilItHasThePort() throws IOException {
        // Given
        assertThat(server.address()).isNull();
        given().get("/q/health/ready").then().statusCode(503);

        // When
        other.close();

        // Then
        await().untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
        assertThat(server.address().getPort()).isEqualTo(other.getLocalPort());
    }
}
