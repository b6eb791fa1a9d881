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

    private static final List<String> SMALL =
            List.of("-Xms32m", "-Xmx384m", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8");

    public Tuning {
        prefix = List.copyOf(prefix);
        jvmOptions = List.copyOf(jvmOptions);
        config = Map.copyOf(config);
    }

    /** A small heap, so that all of them fit beside each other on a developer's machine. */
    public static Tuning small() {
        return new Tuning(List.of(), System.getProperty("java.home"), SMALL, Map.of());
    }

    /** The same with this configuration. */
    public Tuning with(Map<String, String> keys) {
        return new Tuning(prefix, javaHome, jvmOptions, keys);
    }
}
