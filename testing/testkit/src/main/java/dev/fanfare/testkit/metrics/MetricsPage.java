package dev.fanfare.testkit.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.testkit.WorkingCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code docs/operate/metrics.md}: what operators are told of our metrics. A section for each service, and one for what
 * every service has; a row for each metric.
 */
public final class MetricsPage {

    private static final Path PAGE = Path.of("docs/operate/metrics.md");
    private static final String EVERY_SERVICE = "Every service";
    private static final Pattern TITLE = Pattern.compile("## (.*)");
    private static final Pattern ROW =
            Pattern.compile("\\| `(fanfare_\\w+)` \\| (\\w+) \\| [^|]+ \\| ([^|]*) \\| [^|]+ \\|");
    private static final Pattern TAG = Pattern.compile("`(\\w+)`");

    private final Map<String, Map<String, DocumentedMetric>> bySection = new TreeMap<>();

    private MetricsPage(String text) {
        String section = "";
        for (String line : text.split("\n")) {
            Matcher title = TITLE.matcher(line);
            Matcher row = ROW.matcher(line);
            if (title.matches()) {
                section = title.group(1);
            } else if (row.matches()) {
                bySection
                        .computeIfAbsent(section, name -> new TreeMap<>())
                        .put(row.group(1), new DocumentedMetric(row.group(1), row.group(2), tags(row.group(3))));
            } else if (line.startsWith("| `fanfare_")) {
                throw new IllegalArgumentException("not | name | type | unit | tags | meaning |: " + line);
            }
        }
    }

    private static Set<String> tags(String column) {
        return TAG.matcher(column).results().map(tag -> tag.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The page of this working copy, whichever module's tests are running. */
    public static MetricsPage read() {
        try {
            return new MetricsPage(Files.readString(WorkingCopy.of(PAGE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that the page tells of, by name. */
    public Map<String, DocumentedMetric> all() {
        Map<String, DocumentedMetric> all = new TreeMap<>();
        bySection.values().forEach(all::putAll);
        return all;
    }

    /**
     * That the page tells of everything that a service shows, and of nothing else.
     *
     * @param service its module, the title of its section
     * @param scrape what it answers under {@code /q/metrics}
     */
    public void mustTellOf(String service, String scrape) {
        Map<String, DocumentedMetric> told = new TreeMap<>();
        Arrays.asList(EVERY_SERVICE, service)
                .forEach(section -> told.putAll(bySection.getOrDefault(section, Map.of())));
        assertThat(Scrape.metrics(scrape).values())
                .as("what %s shows, and %s tells of it", service, PAGE)
                .containsExactlyElementsOf(told.values());
    }
}
