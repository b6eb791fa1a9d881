package dev.fanfare.testkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.stream.Collectors;
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

    private static final Pattern RULE_EXPRESSION = Pattern.compile("(?m)^ +expr: (?:\\|\\n((?: {10}.*\\n)+)|(.*))");
    private static final Pattern ALERT = Pattern.compile("(?m)^ +- alert: (\\w+)");
    private static final Pattern RUNBOOK = Pattern.compile("(?m)^ +runbook_url: docs/operate/alerts\\.md#(\\w+)");
    private static final Pattern NOT_METRICS =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\{[^}]*}|\\[[^]]*]|\\b(?:by|on|ignoring) *\\([^)]*\\)|\\$\\w+");
    private static final Pattern NAME = Pattern.compile("\\b([a-z][a-z_]*[a-z])\\b(?! *\\()");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "by", "on", "ignoring");

    static Stream<Path> filesWithExpressions() throws IOException {
        try (Stream<Path> dashboards = Files.list(MONITORING.resolve("grafana"))) {
            return Stream.concat(Stream.of(ALERTS), dashboards.sorted().toList().stream());
        }
    }

    @ParameterizedTest
    @MethodSource("filesWithExpressions")
    void askForMetricsThatThePageTellsOf(Path file) {
        // Given
        Set<String> told = toldNames();

        // When
        List<String> expressions = expressions(file);

        // Then
        assertThat(expressions)
                .isNotEmpty()
                .allSatisfy(expression -> assertThat(told).as(expression).containsAll(metricsOf(expression)));
    }

    @Test
    void findsTheMetricsOfAnExpression() {
        // Given
        String expression = "histogram_quantile(0.99, sum by (uri, le) (rate(a_bucket{job=\"b_c\"}[$__rate_interval])))"
                + " > 0.5 * scalar(sum(d_total)) and up == 0";

        // When
        Set<String> metrics = metricsOf(expression);

        // Then
        assertThat(metrics).containsExactlyInAnyOrder("a_bucket", "d_total", "up");
    }

    @Test
    void eachAlertHasARunbookAndATest() {
        // Given
        String alerts = text(ALERTS);
        String page = text(ALERTS_PAGE);
        String tests = text(MONITORING.resolve("alerts_test.yml"));

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
        String page = text(METRICS_PAGE);
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

    private static List<String> expressions(Path file) {
        return file.equals(ALERTS) ? ruleExpressions(text(file)) : panelExpressions(file);
    }

    private static List<String> ruleExpressions(String rules) {
        return RULE_EXPRESSION
                .matcher(rules)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
    }

    private static List<String> panelExpressions(Path file) {
        try {
            JsonNode dashboard = Json.mapper().readTree(Files.readAllBytes(file));
            return dashboard.findValues("expr").stream().map(JsonNode::asText).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> metricsOf(String expression) {
        String bare = NOT_METRICS.matcher(expression).replaceAll(" ");
        return all(NAME, bare).stream()
                .filter(name -> !OPERATORS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
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

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
