package dev.fanfare.standalone.launch;

import dev.fanfare.standalone.process.PartFailedException;
import dev.fanfare.standalone.process.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the person at the terminal sees. Lines are whole; any thread may print. */
public final class Console implements Progress {

    private final PrintWriter out;

    /** @param out that flushes by itself at the end of a line */
    public Console(PrintWriter out) {
        this.out = out;
    }

    public void line(String text) {
        out.println(text);
    }

    public void blank() {
        out.println();
    }

    /** Two columns, the second one aligned. */
    public void row(String name, Object value) {
        out.println(String.format("  %-24s %s", name, value));
    }

    @Override
    public void ready(String part, Duration after) {
        out.println(String.format("  ✔ %-22s %s", part, seconds(after)));
    }

    @Override
    public void waitingFor(List<String> parts, Duration since) {
        out.println("    still waiting for " + String.join(", ", parts) + " (" + seconds(since) + ")");
    }

    @Override
    public void stopping() {
        out.println();
        out.println("Stopping …");
    }

    @Override
    public void stopped(List<String> parts, Duration after) {
        out.println("  stopped " + String.join(", ", parts) + " (" + seconds(after) + ")");
    }

    /** Names the broken part. */
    public void failure(PartFailedException failure) {
        out.println();
        out.println("✘ " + failure.part() + ": " + failure.getMessage());
        failure.details().forEach(line -> out.println("    " + line));
    }

    /** Something is wrong that is nobody's but the caller's to mend. */
    public void refusal(String text) {
        out.println("✘ " + text);
    }

    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
