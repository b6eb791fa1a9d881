package dev.fanfare.gateway.redis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long the gateway waits for Redis before it goes on without. */
@ConfigMapping(prefix = "fanfare.redis")
public interface RedisConfig {

    /** Longest wait for one answer. */
    @WithDefault("250ms")
    Duration patience();

    /** After a failure Redis is not asked for this time, so that requests do not all wait for it in vain. */
    @WithDefault("1s")
    Duration restAfterFailure();
}
