package dev.fanfare.benchmark.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Which core a process runs on: what is measured has one, everything else the other. Without {@code taskset}, or with a
 * single core, nothing is pinned, and the report says so.
 */
public final class Cores {

    private static final int MEASURED = 0;
    private static final int OTHERS = 1;

    private final boolean pinning;

    private Cores(boolean pinning) {
        this.pinning = pinning;
    }

    /** Pins if this machine can, and this process to the core of the others. */
    public static Cores pinned() throws IOException, InterruptedException {
        return new Cores(processors() > 1 && runThisOn(Integer.toString(OTHERS)));
    }

    /** All processes on all cores, this one too. */
    public static Cores free() throws IOException, InterruptedException {
        runThisOn("0-" + (processors() - 1));
        return new Cores(false);
    }

    /** Those of the machine; the JVM counts only those that it may use. */
    private static long processors() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("processor"))
                .count();
    }

    private static boolean runThisOn(String cores) throws IOException, InterruptedException {
        if (Tools.onPath("taskset").isEmpty()) {
            return false;
        }
        String pid = Long.toString(ProcessHandle.current().pid());
        return new ProcessBuilder("taskset", "-acp", cores, pid)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    /** What starts the process that is measured. */
    public List<String> measured() {
        return prefix(MEASURED);
    }

    /** What starts everything else. */
    public List<String> others() {
        return prefix(OTHERS);
    }

    private List<String> prefix(int core) {
        return pinning ? List.of("taskset", "-c", Integer.toString(core)) : List.of();
    }

    @Override
    public String toString() {
        return pinning ? "what is measured on core " + MEASURED + ", everything else on core " + OTHERS : "not pinned";
    }
}
