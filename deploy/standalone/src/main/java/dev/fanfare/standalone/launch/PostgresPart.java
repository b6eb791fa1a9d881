package dev.fanfare.standalone.launch;

import dev.fanfare.embedded.LocalPostgres;
import dev.fanfare.standalone.process.Part;
import dev.fanfare.standalone.process.PartFailedException;
import dev.fanfare.standalone.process.StopSignal;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One PostgreSQL server as a process of its own. */
public final class PostgresPart implements Part {

    private static final Logger LOGGER = Logger.getLogger(PostgresPart.class.getName());

    private final Path dataDir;
    private final int port;
    private final Path log;
    private volatile LocalPostgres postgres;

    public PostgresPart(Path dataDir, int port, Path log) {
        this.dataDir = dataDir;
        this.port = port;
        this.log = log;
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public void start(StopSignal stop) throws PartFailedException {
        try {
            postgres = LocalPostgres.start(dataDir, port, Redirect.appendTo(log.toFile()));
        } catch (IOException | RuntimeException e) {
            throw PartFailedException.withLog(name(), "does not start: " + e.getMessage(), log);
        }
    }

    @Override
    public CompletableFuture<PartFailedException> ended() {
        try {
            return postgres.onExit().thenApply(gone -> PartFailedException.withLog(name(), "ended by itself", log));
        } catch (IOException e) {
            return CompletableFuture.completedFuture(new PartFailedException(name(), e));
        }
    }

    @Override
    public void stop() {
        if (postgres != null) {
            try {
                postgres.stop();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "PostgreSQL does not stop", e);
            }
        }
    }
}
