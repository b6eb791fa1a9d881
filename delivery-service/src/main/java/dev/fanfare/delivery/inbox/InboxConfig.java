package dev.fanfare.delivery.inbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** {@code fanfare.inbox.*}. */
@ConfigMapping(prefix = "fanfare.inbox")
public interface InboxConfig {

    /** How long messages wait for their user, if their app does not say so; whole days, up to 30. Days are UTC's. */
    @WithDefault("7d")
    Duration retention();

    /**
     * How long an app may have its messages wait that says so by its settings; whole days, up to 30. Messages of all apps
     * stay in the tables for so long, though nobody gets one that is too old for its app. Absent: not longer than usual.
     */
    Optional<Duration> maxRetention();
}
