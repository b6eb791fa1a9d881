package dev.fanfare.standalone.launch;

import dev.fanfare.standalone.installation.DataDir;
import dev.fanfare.standalone.installation.Endpoints;
import dev.fanfare.standalone.installation.Node;
import dev.fanfare.standalone.process.ChildProcess;
import dev.fanfare.standalone.process.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Ends a process of a running installation and waits for its successor, as an orchestrator does: SIGTERM, the end when the
 * process has left in order, a new process, and the next step only when that is ready. The launcher, which is another
 * process, starts the successor. A node that dies is the same without the leaving.
 */
public final class NodeRestart {

    /** Longer than any service takes that leaves in order. */
    private static final Duration LONGEST_END = Duration.ofMinutes(2);

    private static final Duration LONGEST_START = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(100);

    private NodeRestart() {}

    /**
     * How long it took.
     *
     * @param toEnd from the signal to the end of the process
     * @param toReady from there until the successor does its work
     */
    public record Took(Duration toEnd, Duration toReady) {}

    /** All of them in the order of an upgrade: who reads a topic before who writes to it, the gateway last. */
    public static List<Node> inOrder(int nodes) {
        List<Node> order = new ArrayList<>(Node.ofEach(nodes));
        Collections.reverse(order);
        return order;
    }

    /** @throws IOException if there is no such process, or if it does not end, or if its successor does not get ready */
    public static Took of(Node node, DataDir data, Endpoints endpoints) throws IOException, InterruptedException {
        return after(ProcessHandle::destroy, node, data, endpoints);
    }

    /** The same by {@code kill -9}: as if its machine had failed. */
    public static Took ofKilled(Node node, DataDir data, Endpoints endpoints) throws IOException, InterruptedException {
        return after(ProcessHandle::destroyForcibly, node, data, endpoints);
    }

    private static Took after(Consumer<ProcessHandle> signal, Node node, DataDir data, Endpoints endpoints)
            throws IOException, InterruptedException {
        Path pidFile = data.pidFile(node.name());
        ProcessHandle process =
                ProcessHandle.of(pid(pidFile)).orElseThrow(() -> new IOException(node.name() + " does not run"));
        long begin = System.nanoTime();
        Files.createFile(ChildProcess.restartMark(pidFile));
        signal.accept(process);
        try {
            process.onExit().get(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IOException(node.name() + " does not end", e);
        }
        long ended = System.nanoTime();
        while (!isReady(node, pidFile, process.pid(), endpoints)) {
            if (System.nanoTime() - ended > LONGEST_START.toNanos()) {
                throw new IOException(node.name() + " did not get ready again; its log: " + data.log(node.name()));
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return new Took(Duration.ofNanos(ended - begin), Duration.ofNanos(System.nanoTime() - ended));
    }

    private static boolean isReady(Node node, Path pidFile, long before, Endpoints endpoints) throws IOException {
        if (pid(pidFile) == before) {
            return false;
        }
        for (Probe probe : Services.probes(node, endpoints)) {
            if (probe.complaint().isPresent()) {
                return false;
            }
        }
        return true;
    }

    /** 0 while the shell writes it. */
    private static long pid(Path pidFile) throws IOException {
        if (!Files.exists(pidFile)) {
            throw new IOException("there is no " + pidFile + ": nothing runs here");
        }
        String text = Files.readString(pidFile).trim();
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }
}
