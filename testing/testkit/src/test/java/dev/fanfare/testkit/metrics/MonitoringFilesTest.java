package dev.fanfare.testkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts and dashboards ask for what there is, and lead to what helps. */
class MonitoringFilesTest {

    private static final Path ROOT = Path.of("../..");
    private static final Path MONITORING = ROOT.resolve("deploy/monitoring");
    private static final Path ALERTS = MONITORING.resolve("alerts.yml");
    private static final Path METRICS_PAGE = ROOT.resolve("docs/operate/metrics.md");
    private static final Path ALERTS_PAGE = ROOT.resolve("docs/operate/alerts.md");

    private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)");
    private static final Pattern RUNBOOK = Pattern.compile("(?m)^ +runbook_url: docs/operate/alerts\\.md#(\\w+)");

    static List<Path> filesWithExpressions() {
        return MonitoringFiles.withExpressions();
    }

    @ParameterizedTest
    @MethodSource("filesWithExpressions")
    void askForMetricsThatThePageTellsOf(Path file) {
        // Given
        Set<String> told = toldNames();

        // When
        List<String> expressions = MonitoringFiles.expressions(file);

        // Then
        assertThat(expressions).isNotEmpty().allSatisfy(expression -> assertThat(told)
                .as(expression)
                .containsAll(MonitoringFiles.metricsOf(expression)));
    }

    @Test
    void findsTheMetricsOfAnExpression() {
        // Given
        String expression = "histogram_quantile(0.99, sum by (uri, le) (rate(a_bucket{job=\"b_c\"}[$__rate_interval])))"
                + " > 0.5 * scalar(sum(d_total)) and up == 0";

        // When
        Set<String> metrics = MonitoringFiles.metricsOf(expression);

        // Then
        assertThat(metrics).containsExactlyInAnyOrder("a_bucket", "d_total", "up");
    }

    @Test
    void eachAlertHasARunbookAndATest() {
        // Given
        String alerts = MonitoringFiles.text(ALERTS);
        String page = MonitoringFiles.text(ALERTS_PAGE);
        String tests = MonitoringFiles.text(MONITORING.resolve("alerts_test.yml"));

        // When
        List<String> names = all(ALERT, alerts);

        // Then
        assertThat(all(RUNBOOK, alerts))
                .containsExactlyElementsOf(names.stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList());
        assertThat(all(Pattern.compile("(?m)^## (\\w+)"), page)).containsExactlyInAnyOrderElementsOf(names);
        assertThat(all(Pattern.compile("(?m)alertname: (\\w+)\\n +exp_alerts:"), tests))
                .containsOnlyOnceElementsOf(names);
    }

    @ParameterizedTest
    @ValueSource(strings = {"check config prometheus.yml", "check rules alerts.yml", "test rules alerts_test.yml"})
    void promtoolIsContentWhereThereIsOne(String command) throws Exception {
        // Given
        Optional<Path> promtool = onPath("promtool");

        // When
        String complaint = promtool.isEmpty() ? "" : complaint(promtool.get(), command);

        // Then
        assertThat(complaint).isEmpty();
    }

    /** Every name under which the page's metrics can be asked for. */
    private static Set<String> toldNames() {
        Set<String> told = new TreeSet<>();
        String page = MonitoringFiles.text(METRICS_PAGE);
        for (DocumentedMetric metric : MetricsPage.read().all().values()) {
            told.add(metric.name());
            if (metric.type().equals("timer")) {
                told.addAll(List.of(metric.name() + "_count", metric.name() + "_sum", metric.name() + "_max"));
                if (Pattern.compile("`" + metric.name() + "`.*with buckets")
                        .matcher(page)
                        .find()) {
                    told.add(metric.name() + "_bucket");
                }
            }
        }
        String libraries = page.substring(page.indexOf("## From the libraries"));
        told.addAll(all(Pattern.compile("`([a-z_]+)`(?=[^|]*\\|[^|]*\\|\\n)"), libraries));
        told.add("http_server_requests_seconds_bucket");
        return told;
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String complaint(Path promtool, String command) throws Exception {
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of(promtool.toString()), Stream.of(command.split(" ")))
                                .toList())
                .directory(MONITORING.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : output;
    }
}
