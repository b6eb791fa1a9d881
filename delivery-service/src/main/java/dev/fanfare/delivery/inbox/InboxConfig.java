package dev.fanfare.delivery.inbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** {@code fanfare.inbox.*}. */
@ConfigMapping(prefix = "fanfare.inbox")
public interface InboxConfig {

    /** How long messages wait for their user; whole days, up to 30. Days are UTC's. */
    @WithDefault("7d")
    Duration retention();

    /** Apps that keep theirs for a shorter time, by app key. */
    Map<String, Duration> retentionOf();
}
