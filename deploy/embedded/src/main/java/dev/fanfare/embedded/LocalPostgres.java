package dev.fanfare.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * One PostgreSQL server as a process of its own, with the database {@value #DATABASE}. It can be stopped and started
 * again on the same port and data. A commit survives the death of the server, not that of the machine (no fsync). Whoever
 * starts it stops it: no shutdown hook does. Not thread-safe.
 */
public final class LocalPostgres implements AutoCloseable {

    public static final String DATABASE = "fanfare";
    public static final String USER = "postgres";
    public static final String PASSWORD = "postgres";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final Path dataDir;
    private final int port;
    private final Redirect output;
    private final Map<String, String> settings;
    private EmbeddedPostgres server;

    private LocalPostgres(Path dataDir, int port, Redirect output, Map<String, String> settings) {
        this.dataDir = dataDir.toAbsolutePath();
        this.port = port;
        this.output = output;
        this.settings = Map.copyOf(settings);
    }

    /** Starts a server that logs where this JVM logs, and returns when it serves. */
    public static LocalPostgres start(Path dataDir, int port) throws IOException {
        return start(dataDir, port, Redirect.PIPE);
    }

    /** Starts a server that logs to {@code output} and returns when it serves. */
    public static LocalPostgres start(Path dataDir, int port, Redirect output) throws IOException {
        return start(dataDir, port, output, Map.of());
    }

    /**
     * Starts a server with settings of the caller's, for instance one that speaks TLS, and returns when it serves.
     *
     * @param settings as in {@code postgresql.conf}; they win over those that the server has by itself. {@value #USER} must
     *     still get in from 127.0.0.1 without a password, by TLS or without it
     */
    public static LocalPostgres start(Path dataDir, int port, Redirect output, Map<String, String> settings)
            throws IOException {
        LocalPostgres postgres = new LocalPostgres(dataDir, port, output, settings);
        postgres.start();
        return postgres;
    }

    /** Where a server that runs on {@code dataDir} has its process id, on the first line. */
    public static Path pidFile(Path dataDir) {
        return dataDir.resolve("postmaster.pid");
    }

    /** Starts again after {@link #stop()}, same port, same data. */
    public void start() throws IOException {
        Files.createDirectories(dataDir.getParent());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(dataDir)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(START_TIMEOUT)
                .setRegisterShutdownHook(false)
                .setOutputRedirector(output)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "100");
        settings.forEach((name, value) -> builder.setServerConfig(name, quoted(value)));
        server = builder.start();
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            boolean present;
            try (ResultSet found =
                    statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
                present = found.next();
            }
            if (!present) {
                statement.execute("create database " + DATABASE);
            }
        } catch (SQLException e) {
            throw new IOException("PostgreSQL started but does not answer", e);
        }
    }

    /** The settings are words of a command that a shell reads. */
    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''") + "'";
    }

    /** Stops the server and keeps its data. */
    public void stop() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** Completes when the server ends, whoever ended it. */
    public CompletableFuture<ProcessHandle> onExit() throws IOException {
        try (Stream<String> lines = Files.lines(pidFile(dataDir))) {
            return lines.findFirst()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.trim())))
                    .map(ProcessHandle::onExit)
                    .orElseThrow(() -> new IOException("PostgreSQL is gone"));
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    public String reactiveUrl() {
        return "postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }
}
