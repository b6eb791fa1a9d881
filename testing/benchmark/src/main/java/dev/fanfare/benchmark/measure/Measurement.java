package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.report.Table;
import java.util.Map;

/** A benchmark. */
@FunctionalInterface
public interface Measurement {

    /**
     * Measures. An exception means that there is no figure: something was lost or came twice, or a process ended.
     */
    Finding measure(Bench bench) throws Exception;

    /**
     * What it found.
     *
     * @param parameters in words, in the order in which they are told
     * @param rounds every single measurement behind the table
     */
    record Finding(Map<String, String> parameters, Table table, Map<String, double[]> rounds) {}
}
