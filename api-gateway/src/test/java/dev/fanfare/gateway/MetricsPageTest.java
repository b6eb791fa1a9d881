package dev.fanfare.gateway;

import static org.awaitility.Awaitility.await;

import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.testkit.metrics.MetricsPage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@GatewayTest
class MetricsPageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void tellsOfAllThatAScrapeShows() {
        // Given
        MetricsPage page = MetricsPage.read();

        // When
        BackEnd.create().post("/message/online/broadcast.json", Form.empty());

        // Then: some are shown when the first health check was asked
        await().atMost(PATIENCE).untilAsserted(() -> page.mustTellOf("api-gateway", BackEnd.metrics()));
    }
}
