package dev.fanfare.delivery.health;

import dev.fanfare.runtime.health.AskedCheck;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;

/** Whether Redis answers. */
@Wellness
@Singleton
class RedisWellness extends AskedCheck {

    RedisWellness(ReactiveRedisDataSource redis) {
        super("redis", () -> redis.execute("PING"));
    }
}
