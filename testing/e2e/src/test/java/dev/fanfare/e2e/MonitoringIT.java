package dev.fanfare.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.e2e.backend.TestApp;
import dev.fanfare.e2e.product.EndToEnd;
import dev.fanfare.e2e.product.Product;
import dev.fanfare.testkit.metrics.MonitoringFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What alerts and dashboards ask for is there, in what the services of a running installation answer to Prometheus. */
@EndToEnd
class MonitoringIT {

    /** Kafka's client shows the lag of a partition a minute after its first fetch at the latest. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_:A-Z0-9]+)(?:\\{.*})? [-+.0-9eENaInf]+$");

    /** Prometheus makes it itself. */
    private static final String UP = "up";

    static List<Path> files() {
        return MonitoringFiles.withExpressions();
    }

    @ParameterizedTest
    @MethodSource("files")
    void allMetricsAreThere(Path file, Product product) throws Exception {
        // Given
        Set<String> asked = MonitoringFiles.metricsOf(file);
        asked.remove(UP);

        // When
        try (TestApp app = TestApp.create(product)) {
            app.backEnd().broadcast("news", "hello");
        }

        // Then: some are there when the first health check was asked, some when a client has counted for a while
        assertThat(asked).isNotEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scraped(product)).containsAll(asked));
    }

    private static Set<String> scraped(Product product) {
        Set<String> names = new TreeSet<>();
        product.scrapes()
                .forEach(scrape -> SAMPLE.matcher(scrape).results().forEach(sample -> names.add(sample.group(1))));
        return names;
    }
}
