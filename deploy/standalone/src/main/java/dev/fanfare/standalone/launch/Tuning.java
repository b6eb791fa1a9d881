package dev.fanfare.standalone.launch;

import java.util.List;
import java.util.Map;

/**
 * How the process of a service is run.
 *
 * @param prefix what starts the JVM, such as {@code taskset -c 0}; may be empty
 * @param javaHome the JDK
 * @param config configuration above that which the installation gives to the service
 */
public record Tuning(List<String> prefix, String javaHome, List<String> jvmOptions, Map<String, String> config) {

    private static final List<String> QUICK_START =
            List.of("-Xms32m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8");

    public Tuning {
        prefix = List.copyOf(prefix);
        jvmOptions = List.copyOf(jvmOptions);
        config = Map.copyOf(config);
    }

    /** A small heap, and a compiler set for a quick start: for trying things out, not for speed. */
    public static Tuning quickStart() {
        return new Tuning(List.of(), System.getProperty("java.home"), QUICK_START, Map.of());
    }
}
