package dev.fanfare.benchmark.report;

import java.util.Optional;

/** A page with a place for the report of each benchmark: between {@code <!-- bench:NAME -->} and {@code <!-- /bench -->}. */
public final class PerformancePage {

    private static final String END = "<!-- /bench -->";

    private PerformancePage() {}

    /** The page with this report in its place; empty if the page has no such place. */
    public static Optional<String> with(String page, Report report) {
        String begin = "<!-- bench:" + report.benchmark() + " -->";
        int from = page.indexOf(begin);
        int to = page.indexOf(END, Math.max(from, 0));
        return from < 0 || to < 0
                ? Optional.empty()
                : Optional.of(page.substring(0, from + begin.length()) + "\n" + report.markdown() + page.substring(to));
    }
}
