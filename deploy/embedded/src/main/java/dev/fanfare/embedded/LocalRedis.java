package dev.fanfare.embedded;

import java.io.IOException;
import redis.embedded.RedisServer;

/**
 * One Redis server as a child process, in memory only: Fanfare may lose Redis at any moment. It can be stopped and
 * started again, empty, on the same port. Not thread-safe.
 */
public final class LocalRedis implements AutoCloseable {

    private final int port;
    private RedisServer server;

    private LocalRedis(int port) {
        this.port = port;
    }

    /** Starts a server and returns when it serves. */
    public static LocalRedis start(int port) throws IOException {
        LocalRedis redis = new LocalRedis(port);
        redis.start();
        return redis;
    }

    /** Starts again after {@link #stop()}: the data is gone. */
    public void start() throws IOException {
        server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .setting("appendonly no")
                .build();
        server.start();
    }

    public void stop() throws IOException {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }

    public String url() {
        return "redis://127.0.0.1:" + port;
    }
}
