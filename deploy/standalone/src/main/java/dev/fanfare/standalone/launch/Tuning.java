package dev.fanfare.standalone.launch;

import java.util.ArrayList;
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

    /**
     * The same for so many nodes of every service: where ten processes share a developer's cores, each of them begins
     * faster, and leaves more to the others, without the compiler that makes the fastest code.
     */
    public static Tuning small(int nodes) {
        Tuning small = small();
        if (nodes == 1) {
            return small;
        }
        List<String> options = new ArrayList<>(small.jvmOptions);
        options.add("-XX:TieredStopAtLevel=1");
        return new Tuning(small.prefix, small.javaHome, options, small.config);
    }

    /** The same with this configuration. */
    public Tuning with(Map<String, String> keys) {
        return new Tuning(prefix, javaHome, jvmOptions, keys);
    }
}
