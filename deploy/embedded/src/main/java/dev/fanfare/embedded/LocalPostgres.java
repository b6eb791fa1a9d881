package dev.fanfare.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * One PostgreSQL server as a child process, with the database {@value #DATABASE}. It can be stopped and started again on
 * the same port and data. Not thread-safe.
 */
public final class LocalPostgres implements AutoCloseable {

    public static final String DATABASE = "fanfare";
    public static final String USER = "postgres";
    public static final String PASSWORD = "postgres";

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private final Path dataDir;
    private final int port;
    private EmbeddedPostgres server;

    private LocalPostgres(Path dataDir, int port) {
        this.dataDir = dataDir;
        this.port = port;
    }

    /** Starts a server and returns when it serves. */
    public static LocalPostgres start(Path dataDir, int port) throws IOException {
        LocalPostgres postgres = new LocalPostgres(dataDir, port);
        postgres.start();
        return postgres;
    }

    /** Starts again after {@link #stop()}, same port, same data. */
    public void start() throws IOException {
        Files.createDirectories(dataDir.toAbsolutePath().getParent());
        server = EmbeddedPostgres.builder()
                .setDataDirectory(dataDir)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(START_TIMEOUT)
                .setServerConfig("max_connections", "100")
                .start();
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

    /** Stops the server and keeps its data. */
    public void stop() throws IOException {
        if (server != null) {
            server.close();
            server = null;
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
