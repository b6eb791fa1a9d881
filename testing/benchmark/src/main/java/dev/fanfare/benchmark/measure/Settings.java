package dev.fanfare.benchmark.measure;

import dev.fanfare.standalone.launch.Tuning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How much is measured, and on what.
 *
 * @param sessions how many, where a measurement has one number of them; null for its own
 * @param rounds measured ones
 * @param warmUp rounds before
 * @param javaHome the JDK that the product and the baseline run on
 * @param flightRecording whether the service that is measured writes a JFR recording
 * @param slowShare the share of sessions that stop reading
 */
public record Settings(
        List<Integer> sessions,
        int rounds,
        int warmUp,
        String javaHome,
        Collector collector,
        String heap,
        boolean flightRecording,
        double slowShare) {

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

    /** Options of a JVM that shall be fast, not small. @param recording where a JFR recording goes, or null */
    List<String> jvmOptions(Path recording) {
        List<String> options = new ArrayList<>(List.of("-Xms" + heap, "-Xmx" + heap, collector.option));
        options.add("-Dfile.encoding=UTF-8");
        if (flightRecording && recording != null) {
            options.add("-XX:StartFlightRecording=dumponexit=true,settings=profile,filename="
                    + recording.resolve("recording.jfr"));
        }
        return options;
    }

    Tuning tuning(List<String> prefix, Map<String, String> config, Path recording) {
        return new Tuning(prefix, javaHome, jvmOptions(recording), config);
    }

    /** The given numbers of sessions, or these. */
    List<Integer> sessionsOr(Integer... own) {
        return sessions == null || sessions.isEmpty() ? List.of(own) : sessions;
    }

    /** What is the same for every measurement. */
    String jvm() {
        return collector.name() + ", heap " + heap;
    }
}
