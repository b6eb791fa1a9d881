package dev.fanfare.benchmark.process;

import java.io.IOException;
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
        boolean possible =
                Tools.onPath("taskset").isPresent() && Runtime.getRuntime().availableProcessors() > 1;
        if (possible) {
            Process process = new ProcessBuilder(
                            "taskset",
                            "-acp",
                            Integer.toString(OTHERS),
                            Long.toString(ProcessHandle.current().pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            possible = process.waitFor() == 0;
        }
        return new Cores(possible);
    }

    /** All processes on all cores. */
    public static Cores free() {
        return new Cores(false);
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
