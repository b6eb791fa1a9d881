package dev.fanfare.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformancePageTest {

    private static final Report REPORT = new Report(
            "storm",
            "2026-01-01T00:00:00Z",
            new Machine("a processor", 2, 8, "Linux 6"),
            "0123456789",
            "17",
            Map.of("sessions", "10"),
            new Table(List.of("server", "s"), List.of(List.of("Fanfare", "1.00"))),
            Map.of("Fanfare", new double[] {0.5, 1, 1.5}));

    @Test
    void putsAReportIntoItsPlace() {
        // Given
        String page =
                "# Page\n<!-- bench:slow -->\nslow\n<!-- /bench -->\n<!-- bench:storm -->\nold\n<!-- /bench -->\nend\n";

        // When
        String changed = PerformancePage.with(page, REPORT).orElseThrow();

        // Then
        assertThat(changed)
                .isEqualTo("# Page\n<!-- bench:slow -->\nslow\n<!-- /bench -->\n<!-- bench:storm -->\n"
                        + REPORT.markdown() + "<!-- /bench -->\nend\n");
        assertThat(PerformancePage.with(changed, REPORT)).contains(changed);
    }

    @Test
    void noticesThatAPageHasNoPlaceForIt() {
        assertThat(PerformancePage.with("# Page\n<!-- bench:slow -->\n<!-- /bench -->\n", REPORT))
                .isEmpty();
        assertThat(PerformancePage.with("<!-- bench:storm --> never ends", REPORT))
                .isEmpty();
    }

    @Test
    void theRepositorysPageHasAPlaceForEveryReport() throws Exception {
        String page = Files.readString(Path.of("../../docs/performance.md"));
        for (String benchmark :
                List.of("fanout", "burst", "memory", "latency", "gateway", "pipeline", "storm", "slow")) {
            assertThat(page).contains("<!-- bench:" + benchmark + " -->");
        }
    }

    @Test
    void aReportTellsWhereItComesFrom() {
        assertThat(REPORT.markdown())
                .contains("Fanfare", "sessions: 10", "0123456789", "Java 17", "2 × a processor", "8 GiB", "Linux 6");
    }

    @Test
    void aReportIsReadAsItWasWritten(@TempDir Path folder) throws Exception {
        // When
        REPORT.writeTo(folder);

        // Then
        Report read = Report.read(Report.file(folder, "storm"));
        assertThat(read).usingRecursiveComparison().isEqualTo(REPORT);
    }
}
