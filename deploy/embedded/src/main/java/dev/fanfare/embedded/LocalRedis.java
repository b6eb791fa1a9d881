package dev.fanfare.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import redis.embedded.core.ExecutableProvider;

/**
 * One Redis server as a process of its own, in memory only: Fanfare may lose Redis at any moment. It can be stopped and
 * started again, empty, on the same port. It leaves our process group, so that a Ctrl-C in the terminal does not reach
 * it before whoever started it has stopped what depends on it. Not thread-safe.
 */
public final class LocalRedis implements AutoCloseable {

    /** Names a {@code redis-server} (6.2 or later) to run instead of the one that is embedded. */
    public static final String EXECUTABLE_VARIABLE = ExecutableProvider.ENVIRONMENT_EXECUTABLE_LOCATION;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();
    private static final String PID_FILE = "redis.pid";
    private static final String LOG_FILE = "redis.log";
    private static final String ABORTS = ", aborting.";
    private static final String SERVES = "Ready to accept connections";

    private final Path dir;
    private final int port;
    private final List<String> options;
    private ProcessHandle server;

    private LocalRedis(Path dir, int port, List<String> options) {
        this.dir = dir.toAbsolutePath();
        this.port = port;
        this.options = List.copyOf(options);
    }

    /** Starts a server in a new temporary directory and returns when it serves. */
    public static LocalRedis start(int port) throws IOException {
        Path dir = Files.createTempDirectory("fanfare-redis");
        dir.toFile().deleteOnExit();
        return start(dir, port);
    }

    /**
     * Starts a server and returns when it serves.
     *
     * @param dir for the executable, the log and the pid file
     */
    public static LocalRedis start(Path dir, int port) throws IOException {
        return start(dir, port, List.of());
    }

    /**
     * Starts a server with options of the caller's, for instance one that speaks TLS, and returns when it serves.
     *
     * @param dir for the executable, the log and the pid file
     * @param options words of the command line; they win over those that the server has by itself
     */
    public static LocalRedis start(Path dir, int port, List<String> options) throws IOException {
        LocalRedis redis = new LocalRedis(dir, port, options);
        redis.start();
        return redis;
    }

    /** Where a server that runs in {@code dir} has its process id. */
    public static Path pidFile(Path dir) {
        return dir.resolve(PID_FILE);
    }

    /** Where a server that runs in {@code dir} writes its log. */
    public static Path log(Path dir) {
        return dir.resolve(LOG_FILE);
    }

    /** Starts again after {@link #stop()}: the data is gone. */
    public void start() throws IOException {
        Files.createDirectories(dir);
        Files.deleteIfExists(pidFile(dir));
        Files.deleteIfExists(log(dir));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Process launch = launch(deadline);
        while (!serves()) {
            boolean refused = !launch.isAlive() && launch.exitValue() != 0 || log().contains(ABORTS);
            boolean died = pid().isPresent() && ProcessHandle.of(pid().get()).isEmpty();
            if (refused || died || System.nanoTime() > deadline) {
                throw new IOException("Redis does not start on port " + port + " (" + EXECUTABLE_VARIABLE
                        + " may name another redis-server). Its log:\n" + log());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        server = pid().flatMap(ProcessHandle::of)
                .orElseThrow(() -> new IOException("Redis is gone as soon as it served on port " + port));
    }

    /**
     * A process that somebody else starts at this moment inherits, until it becomes its program, the open file into which
     * the executable was just written, and the kernel refuses to run such a file (ETXTBSY; the same in golang/go#22315).
     */
    private Process launch(long deadline) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(log(dir).toFile());
        while (true) {
            try {
                return builder.start();
            } catch (IOException e) {
                if (!String.valueOf(e.getMessage()).contains("error=26") || System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    /** Stops the server; what it held is gone. */
    public void stop() throws IOException {
        if (server == null) {
            return;
        }
        server.destroy();
        try {
            server.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            server.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            server.destroyForcibly();
        }
        server = null;
    }

    /** Completes when the server ends, whoever ended it. */
    public CompletableFuture<ProcessHandle> onExit() {
        return server.onExit();
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    private List<String> command() throws IOException {
        ExecutableProvider executable = System.getenv(EXECUTABLE_VARIABLE) == null
                ? ExecutableProvider.newJarResourceProvider(dir.toFile())
                : ExecutableProvider.newEnvironmentVariableProvider();
        List<String> command = new ArrayList<>(List.of(
                executable.get().getAbsolutePath(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no",
                "--daemonize",
                "yes",
                "--dir",
                dir.toString(),
                "--pidfile",
                pidFile(dir).toString(),
                "--logfile",
                log(dir).toString()));
        command.addAll(options);
        return command;
    }

    /** By its log, which has the line whatever the server speaks on its port, and with whom. */
    private boolean serves() throws IOException {
        return log().contains(SERVES) && pid().isPresent();
    }

    private Optional<Long> pid() throws IOException {
        if (!Files.exists(pidFile(dir))) {
            return Optional.empty();
        }
        String written = Files.readString(pidFile(dir)).trim();
        return written.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(written));
    }

    private String log() throws IOException {
        Path log = log(dir);
        return Files.exists(log) ? Files.readString(log) : "(none)";
    }
}
