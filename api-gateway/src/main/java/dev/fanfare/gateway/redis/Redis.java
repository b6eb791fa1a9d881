package dev.fanfare.gateway.redis;

import dev.fanfare.gateway.UnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Redis as something that may be lost at any moment: an answer comes soon or fails with {@link UnavailableException}, and
 * after a failure it is left alone for a moment. The caller says what happens without it. Says once in the log that Redis
 * went away and once that it is back.
 */
@Startup
@ApplicationScoped
public class Redis {

    private static final Logger LOGGER = Logger.getLogger(Redis.class);

    private final ReactiveRedisDataSource redis;
    private final RedisConfig config;
    private final AtomicBoolean available = new AtomicBoolean(true);
    private final AtomicLong restsUntil = new AtomicLong(System.nanoTime());

    public Redis(ReactiveRedisDataSource redis, RedisConfig config, MeterRegistry registry) {
        this.redis = redis;
        this.config = config;
        registry.gauge("fanfare.gateway.redis.available", available, is -> is.get() ? 1 : 0);
    }

    /** The first command opens the connection, which takes longer than a request should wait. */
    @PostConstruct
    void connect() {
        redis.execute("PING")
                .subscribe()
                .with(
                        ignored -> LOGGER.debug("Redis answers"),
                        e -> LOGGER.warnf("Redis does not answer at start: %s", e.getMessage()));
    }

    /** One command. The item may be null: Redis's nil. */
    public Uni<Response> execute(String command, String... args) {
        return Uni.createFrom()
                .deferred(() -> isResting() ? Uni.createFrom().failure(resting()) : ask(command, args))
                .onFailure()
                .transform(e -> new UnavailableException("Redis", e));
    }

    private Uni<Response> ask(String command, String... args) {
        return redis.execute(command, args)
                .ifNoItem()
                .after(config.patience())
                .failWith(() -> new TimeoutException("no answer within " + config.patience()))
                .onItemOrFailure()
                .invoke((ignored, e) -> note(e));
    }

    private boolean isResting() {
        return !available.get() && System.nanoTime() - restsUntil.get() < 0;
    }

    private static IllegalStateException resting() {
        return new IllegalStateException("left alone after a failure");
    }

    private void note(Throwable e) {
        if (e != null) {
            restsUntil.set(System.nanoTime() + config.restAfterFailure().toNanos());
            if (available.compareAndSet(true, false)) {
                LOGGER.warnf("Redis is away: quotas are kept by this node alone, repeats are not recognised: %s", e);
            }
        } else if (available.compareAndSet(false, true)) {
            LOGGER.info("Redis is back");
        }
    }
}
