package dev.fanfare.delivery.node;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisConnection;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

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

    private static final Uni<List<Response>> NOTHING = Uni.createFrom().item(List.of());

    private final Redis redis;
    private final Duration patience;

    @Inject
    public RedisPipeline(Redis redis) {
        this(redis, PATIENCE);
    }

    RedisPipeline(Redis redis, Duration patience) {
        this.redis = redis;
        this.patience = patience;
    }

    /**
     * The replies in the order of the commands, null where Redis answered nil. Fails if one command fails. Nothing is sent
     * for a caller whose patience has run out.
     */
    public Uni<List<Response>> send(List<Request> commands) {
        if (commands.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return Uni.createFrom()
                .<List<Response>>emitter(emitter -> withConnection(commands, emitter))
                .ifNoItem()
                .after(patience)
                .fail();
    }

    /**
     * Not to be cancelled: whoever waits for a connection of the pool gets one in the end, and nobody else would give it
     * back.
     */
    private void withConnection(List<Request> commands, UniEmitter<? super List<Response>> emitter) {
        AtomicBoolean givenUp = new AtomicBoolean();
        emitter.onTermination(() -> givenUp.set(true));
        redis.connect()
                .flatMap(connection ->
                        (givenUp.get() ? NOTHING : sendAll(connection, commands)).eventually(connection::close))
                .subscribe()
                .with(emitter::complete, emitter::fail);
    }

    private static Uni<List<Response>> sendAll(RedisConnection connection, List<Request> commands) {
        return Uni.join()
                .all(commands.stream().map(connection::send).toList())
                .usingConcurrencyOf(UNDER_WAY)
                .andFailFast();
    }
}
