package dev.fanfare.benchmark.measure;

import java.util.List;
import java.util.Locale;

/**
 * How much is measured, and on what.
 *
 * @param sessions how many; none: those of the measurement
 * @param rounds measured ones
 * @param warmUp rounds before
 * @param javaHome the JDK that the product and the baselines run on
 * @param heap of each JVM, as the option {@code -Xmx} takes it
 * @param flightRecording whether the service that is measured writes a JFR recording
 * @param slowShare the share of sessions that stop reading
 * @param messages how many template messages are sent, where that can be chosen
 * @param seed of what is by chance
 */
public record Settings(
        List<Integer> sessions,
        int rounds,
        int warmUp,
        String javaHome,
        Collector collector,
        String heap,
        boolean flightRecording,
        double slowShare,
        int messages,
        long seed) {

    /** The garbage collectors that are worth a comparison. */
    public enum Collector {
        G1("-XX:+UseG1GC"),
        ZGC("-XX:+UseZGC"),
        SERIAL("-XX:+UseSerialGC"),
        PARALLEL("-XX:+UseParallelGC");

        private final String option;

        Collector(String option) {
            this.option = option;
        }
    }

    /** Of a JVM that shall be fast, not small. */
    List<String> jvmOptions() {
        return List.of("-Xms" + heap, "-Xmx" + heap, collector.option, "-Dfile.encoding=UTF-8");
    }

    /** The given numbers of sessions, or these. */
    public List<Integer> sessionsOr(Integer... own) {
        return sessions.isEmpty() ? List.of(own) : sessions;
    }

    /** Rounds of a measurement whose rounds take long: a tenth, at least three. */
    int longRounds() {
        return Math.max(3, rounds / 10);
    }

    String jvm() {
        return collector.name().toLowerCase(Locale.ROOT) + ", heap " + heap;
    }
}
