package dev.fanfare.delivery.drain;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.fanfare.delivery.edge.EdgeClient;
import dev.fanfare.delivery.edge.EdgeFixture;
import dev.fanfare.delivery.edge.EdgeServer;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Has an application of its own: it does not come back from this. */
@QuarkusTest
@TestProfile(DrainTest.OwnApplication.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class DrainTest {

    /** No other configuration, but another application. */
    public static class OwnApplication implements QuarkusTestProfile {}

    private static final String KEY = "Bearer internal-key-of-the-tests";

    @Inject
    EdgeServer server;

    @Test
    void sendsSessionsAwayInSlicesAndTakesNoNewOnes() throws Exception {
        await().until(() -> server.address() != null);
        InetSocketAddress address = server.address();
        List<EdgeClient> clients = new ArrayList<>();
        try (EdgeFixture fixture = new EdgeFixture()) {
            // Given
            for (int i = 0; i < 30; i++) {
                EdgeClient client = new EdgeClient(address);
                client.connect(fixture.token("u" + i));
                clients.add(client);
            }
            given().post("/admin/drain").then().statusCode(401);
            for (String rate : List.of("0", "-1", "fast")) {
                given().header("Authorization", KEY)
                        .queryParam("rate", rate)
                        .post("/admin/drain")
                        .then()
                        .statusCode(400)
                        .body("error", containsString("rate must be a number"));
            }
            given().get("/q/health/ready").then().statusCode(200);

            // When
            long start = System.nanoTime();
            given().header("Authorization", KEY)
                    .queryParam("rate", 20)
                    .post("/admin/drain")
                    .then()
                    .statusCode(202)
                    .body("draining", is(true));

            // Then: two in a slice of 100 ms
            given().get("/q/health/ready").then().statusCode(503);
            for (EdgeClient client : clients) {
                assertThat(client.closeCode()).isEqualTo(3001);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
            await().untilAsserted(() -> given().header("Authorization", KEY)
                    .get("/admin/drain")
                    .then()
                    .body("sessions", is(0)));
            assertThat(canConnect(address)).isFalse();
        }
    }

    private static boolean canConnect(InetSocketAddress address) {
        try {
            new EdgeClient(address).close();
            return true;
        } catch (CompletionException refused) {
            return false;
        }
    }
}
