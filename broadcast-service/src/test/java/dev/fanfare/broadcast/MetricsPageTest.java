package dev.fanfare.broadcast;

import static io.restassured.RestAssured.get;
import static org.awaitility.Awaitility.await;

import dev.fanfare.testkit.command.TestProducers;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.metrics.MetricsPage;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres"))
@QuarkusTestResource(TestProducers.class)
class MetricsPageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void tellsOfAllThatAScrapeShows() {
        // Given
        MetricsPage page = MetricsPage.read();

        // When, Then: some are shown when the first health check was asked
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        page.mustTellOf("broadcast-service", get("/q/metrics").asString()));
    }
}
