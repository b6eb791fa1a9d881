package dev.fanfare.testkit.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a scrape shows under {@code fanfare_}: each metric with its type and the names of its tags. A timer counts once,
 * under the name that stands before {@code _count}, {@code _sum}, {@code _bucket} and {@code _max}.
 */
final class Scrape {

    private static final Pattern TYPE = Pattern.compile("# TYPE (fanfare_\\w+) (\\w+)");
    private static final Pattern SAMPLE = Pattern.compile("(fanfare_\\w+)(?:\\{(.*)})? \\S+.*");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern PART = Pattern.compile("_(count|sum|bucket|max)$");
    private static final Set<String> NO_TAGS = Set.of("le", "quantile");

    private Scrape() {}

    /** @param text as Prometheus gets it */
    static Map<String, DocumentedMetric> metrics(String text) {
        Map<String, String> types = new HashMap<>();
        TYPE.matcher(text).results().forEach(type -> types.put(type.group(1), type.group(2)));
        Map<String, Set<String>> tags = new TreeMap<>();
        for (String line : text.split("\n")) {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                Set<String> names = tags.computeIfAbsent(family(sample.group(1), types), name -> new TreeSet<>());
                LABEL.matcher(sample.group(2) == null ? "" : sample.group(2))
                        .results()
                        .map(label -> label.group(1))
                        .filter(name -> !NO_TAGS.contains(name))
                        .forEach(names::add);
            }
        }
        Map<String, DocumentedMetric> metrics = new TreeMap<>();
        tags.forEach((name, names) -> {
            // OpenMetrics names the type of a counter without the ending that its samples have.
            String type = types.getOrDefault(name, types.get(name.replaceFirst("_total$", "")));
            metrics.put(name, new DocumentedMetric(name, isTimer(type) ? "timer" : type, names));
        });
        return metrics;
    }

    private static String family(String sample, Map<String, String> types) {
        String whole = PART.matcher(sample).replaceFirst("");
        return isTimer(types.get(whole)) ? whole : sample;
    }

    private static boolean isTimer(String type) {
        return "summary".equals(type) || "histogram".equals(type);
    }
}
