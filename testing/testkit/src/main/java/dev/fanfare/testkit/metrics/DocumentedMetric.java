package dev.fanfare.testkit.metrics;

import java.util.Set;

/**
 * A metric as the page tells of it.
 *
 * @param name as Prometheus knows it; of a timer without {@code _count} and its like
 * @param type counter, gauge or timer
 * @param tags the names of its tags
 */
public record DocumentedMetric(String name, String type, Set<String> tags) {}
