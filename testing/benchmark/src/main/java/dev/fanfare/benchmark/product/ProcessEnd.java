package dev.fanfare.benchmark.product;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The end of a process that has things to put away. */
final class ProcessEnd {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private ProcessEnd() {}

    /** Asks it to end, and returns when it has: the next one wants its folder and ports. Forces it in the end. */
    static void inOrder(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
