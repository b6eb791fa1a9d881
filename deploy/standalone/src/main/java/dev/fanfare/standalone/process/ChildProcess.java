package dev.fanfare.standalone.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A part that is a process of its own, with a log file and a pid file, ready when its {@link Probe}s say so.
 *
 * <p>A Ctrl-C in the terminal reaches every process of the foreground group at once. The child ignores it, so that the
 * {@link Supervisor} can stop things in order; SIGTERM is how it is stopped.
 *
 * <p>It is started again if it ends when somebody has put a file beside its pid file, {@link #restartMark}.
 */
public final class ChildProcess implements Part {

    /** The shell writes its pid, which stays when it becomes the program, and passes on what it ignores. */
    private static final String LAUNCH = "echo $$ > \"$0\" && trap '' INT HUP && exec \"$@\"";

    private static final Duration POLL = Duration.ofMillis(150);

    private final Spec spec;
    private final Duration startPatience;
    private final Duration stopPatience;
    private volatile Process process;
    private boolean stopping;

    public ChildProcess(Spec spec, Duration startPatience, Duration stopPatience) {
        this.spec = spec;
        this.startPatience = startPatience;
        this.stopPatience = stopPatience;
    }

    /**
     * What to run.
     *
     * @param directory the working directory; must exist
     * @param log overwritten; the log of the run before is kept beside it as {@code .1}
     * @param probes all must be content before the part counts as ready
     */
    public record Spec(
            String name, List<String> command, Path directory, Path log, Path pidFile, List<? extends Probe> probes) {}

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public void start(StopSignal stop) throws PartFailedException {
        if (stop.requested()) {
            return;
        }
        try {
            launch();
            awaitReady(stop);
        } catch (IOException e) {
            throw new PartFailedException(name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartFailedException(name(), e);
        }
    }

    /** Says that this process shall be started again when it ends, once. */
    public static Path restartMark(Path pidFile) {
        return pidFile.resolveSibling(pidFile.getFileName() + ".restart");
    }

    @Override
    public CompletableFuture<PartFailedException> ended() {
        CompletableFuture<PartFailedException> ended = new CompletableFuture<>();
        watch(ended);
        return ended;
    }

    private void watch(CompletableFuture<PartFailedException> ended) {
        process.onExit().thenAccept(dead -> onExit(dead, ended));
    }

    private synchronized void onExit(Process dead, CompletableFuture<PartFailedException> ended) {
        if (stopping) {
            return;
        }
        try {
            if (Files.deleteIfExists(restartMark(spec.pidFile()))) {
                launch();
                watch(ended);
            } else {
                ended.complete(death(dead));
            }
        } catch (IOException e) {
            ended.complete(new PartFailedException(name(), e));
        }
    }

    private synchronized void noMoreRestarts() {
        stopping = true;
    }

    @Override
    public void stop() {
        noMoreRestarts();
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(stopPatience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(spec.pidFile());
        } catch (IOException e) {
            // A pid file that stays is harmless: whoever reads it looks at the process too.
            spec.pidFile().toFile().deleteOnExit();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void launch() throws IOException {
        Files.createDirectories(spec.log().getParent());
        Files.deleteIfExists(restartMark(spec.pidFile()));
        if (Files.exists(spec.log())) {
            Path before = spec.log().resolveSibling(spec.log().getFileName() + ".1");
            Files.move(spec.log(), before, StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> command = new ArrayList<>(
                List.of("/bin/sh", "-c", LAUNCH, spec.pidFile().toAbsolutePath().toString()));
        command.addAll(spec.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(spec.directory().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(spec.log().toFile());
        builder.environment().keySet().removeIf(ChildProcess::wouldConfigureIt);
        process = builder.start();
    }

    private void awaitReady(StopSignal stop) throws PartFailedException, InterruptedException {
        long deadline = System.nanoTime() + startPatience.toNanos();
        List<String> complaints = complaints();
        while (!complaints.isEmpty() && !stop.requested()) {
            if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw death(process);
            }
            if (System.nanoTime() > deadline) {
                throw failure(
                        "is not ready after " + startPatience.toSeconds() + " s: " + String.join("; ", complaints));
            }
            complaints = complaints();
        }
    }

    private List<String> complaints() {
        return spec.probes().stream()
                .flatMap(probe -> probe.complaint().stream())
                .toList();
    }

    private PartFailedException death(Process dead) {
        return failure("ended with exit code " + dead.exitValue());
    }

    private PartFailedException failure(String reason) {
        return PartFailedException.withLog(name(), reason, spec.log());
    }

    /** What the person's shell exports for other programs must not change ours. */
    private static boolean wouldConfigureIt(String variable) {
        return List.of("QUARKUS_", "SMALLRYE_", "FANFARE_", "KAFKA_", "MP_").stream()
                .anyMatch(variable::startsWith);
    }
}
