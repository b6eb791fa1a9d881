package dev.fanfare.delivery.node;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisConnection;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Many Redis commands for the price of one round trip. Every command stands for itself (one key each), so that it does
 * not matter how a Redis Cluster spreads the keys. Not a transaction: some may be done when the whole fails.
 */
@ApplicationScoped
public class RedisPipeline {

    /** Below the client's bound on replies that a connection waits for ({@code quarkus.redis.max-waiting-handlers}). */
    private static final int UNDER_WAY = 1_000;

    /** Redis answers in milliseconds or is as good as away. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Redis redis;

    public RedisPipeline(Redis redis) {
        this.redis = redis;
    }

    /** The replies in the order of the commands, null where Redis answered nil. Fails if one command fails. */
    public Uni<List<Response>> send(List<Request> commands) {
        if (commands.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return redis.connect()
                .flatMap(connection ->
                        sendAll(connection, commands).onTermination().call(connection::close))
                .ifNoItem()
                .after(PATIENCE)
                .fail();
    }

    private static Uni<List<Response>> sendAll(RedisConnection connection, List<Request> commands) {
        return Uni.join()
                .all(commands.stream().map(connection::send).toList())
                .usingConcurrencyOf(UNDER_WAY)
                .andFailFast();
    }
}
