package dev.fanfare.benchmark.process;

import dev.fanfare.benchmark.postgres.RawPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@link RawPostgres} as a process, on the PostgreSQL of the installation. */
public final class PostgresBaseline implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final LineProcess process;

    private PostgresBaseline(LineProcess process) {
        this.process = process;
        process.answer(PATIENCE);
    }

    public static PostgresBaseline start(
            Path folder, List<String> prefix, String javaHome, List<String> jvmOptions, String jdbcUrl) {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(javaHome, "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), RawPostgres.class.getName(), jdbcUrl));
        return new PostgresBaseline(
                LineProcess.start("the PostgreSQL baseline", command, folder.resolve("postgres.log")));
    }

    /**
     * Takes the rows that the product has written for an app, to write them again.
     *
     * @param tables of the delivery service
     * @return how many rows
     */
    public int read(String appKey, List<String> tables) {
        return process.ask("read " + appKey + " " + String.join(" ", tables), PATIENCE)
                .path("rows")
                .asInt();
    }

    /** Writes them; how long it took. */
    public long writeNanos() {
        return process.ask("write", PATIENCE).path("ns").asLong();
    }

    @Override
    public void close() {
        process.close();
    }
}
