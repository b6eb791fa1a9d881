package dev.fanfare.standalone.launch;

import dev.fanfare.embedded.LocalRedis;
import dev.fanfare.standalone.process.Part;
import dev.fanfare.standalone.process.PartFailedException;
import dev.fanfare.standalone.process.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One Redis server as a process of its own, in memory only. */
public final class RedisPart implements Part {

    private static final Logger LOGGER = Logger.getLogger(RedisPart.class.getName());

    private final Path dir;
    private final int port;
    private volatile LocalRedis redis;

    public RedisPart(Path dir, int port) {
        this.dir = dir;
        this.port = port;
    }

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public void start(StopSignal stop) throws PartFailedException {
        try {
            redis = LocalRedis.start(dir, port);
        } catch (IOException e) {
            throw new PartFailedException(name(), e);
        }
    }

    @Override
    public CompletableFuture<PartFailedException> ended() {
        return redis.onExit()
                .thenApply(gone -> PartFailedException.withLog(name(), "ended by itself", LocalRedis.log(dir)));
    }

    @Override
    public void stop() {
        if (redis != null) {
            try {
                redis.stop();
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "Redis does not stop", e);
            }
        }
    }
}
