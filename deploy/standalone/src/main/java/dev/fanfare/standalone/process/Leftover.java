package dev.fanfare.standalone.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that a launcher left behind when it was killed. The pid in a file may belong to somebody else by now, so a
 * process counts as ours only if its command line has the {@code mark}.
 *
 * @param pidFile the pid on its first line
 * @param mark such as the path of the jar or of the data directory
 */
public record Leftover(String part, Path pidFile, String mark) {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** Whether there is such a process. */
    public boolean runs() {
        return process().isPresent();
    }

    /** Ends the processes that there are, all at the same time, and returns when they have ended. */
    public static void stopAll(List<Leftover> leftovers) throws InterruptedException {
        List<ProcessHandle> running = leftovers.stream()
                .flatMap(leftover -> leftover.process().stream())
                .toList();
        running.forEach(ProcessHandle::destroy);
        for (ProcessHandle process : running) {
            awaitEnd(process);
        }
    }

    private Optional<ProcessHandle> process() {
        return pid().flatMap(ProcessHandle::of).filter(process -> process.info()
                .commandLine()
                .or(() -> process.info().command())
                .filter(line -> line.contains(mark))
                .isPresent());
    }

    private Optional<Long> pid() {
        try {
            return Files.readAllLines(pidFile).stream().findFirst().map(line -> Long.valueOf(line.trim()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static void awaitEnd(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for process " + process.pid(), e);
        }
    }
}
