package dev.fanfare.testkit.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.testkit.WorkingCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code deploy/monitoring}: what alerts and dashboards ask Prometheus for. */
public final class MonitoringFiles {

    private static final Path FOLDER = Path.of("deploy/monitoring");
    private static final Pattern RULE_EXPRESSION = Pattern.compile("(?m)^ +expr: (?:\\|\\n((?: {10}.*\\n)+)|(.*))");
    private static final Pattern NOT_METRICS =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\{[^}]*}|\\[[^]]*]|\\b(?:by|on|ignoring) *\\([^)]*\\)|\\$\\w+");
    private static final Pattern NAME = Pattern.compile("\\b([a-z][a-z_]*[a-z])\\b(?! *\\()");
    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "by", "on", "ignoring");

    private MonitoringFiles() {}

    /** The folder of this working copy, whichever module's tests are running. */
    public static Path folder() {
        return WorkingCopy.of(FOLDER);
    }

    /** The file of alerts, and the dashboards. */
    public static List<Path> withExpressions() {
        try (Stream<Path> dashboards = Files.list(folder().resolve("grafana"))) {
            return Stream.concat(Stream.of(alerts()), dashboards.sorted()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path alerts() {
        return folder().resolve("alerts.yml");
    }

    static List<String> expressions(Path file) {
        return file.equals(alerts()) ? ruleExpressions(text(file)) : panelExpressions(text(file));
    }

    /** The names of all metrics that a file asks for. */
    public static Set<String> metricsOf(Path file) {
        return expressions(file).stream()
                .flatMap(expression -> metricsOf(expression).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> ruleExpressions(String rules) {
        return RULE_EXPRESSION
                .matcher(rules)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
    }

    private static List<String> panelExpressions(String dashboard) {
        try {
            return Json.mapper().readTree(dashboard).findValues("expr").stream()
                    .map(JsonNode::asText)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Set<String> metricsOf(String expression) {
        String bare = NOT_METRICS.matcher(expression).replaceAll(" ");
        return NAME.matcher(bare)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !OPERATORS.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
