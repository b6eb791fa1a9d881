package dev.fanfare.delivery.presence;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code fanfare.presence.*}. */
@ConfigMapping(prefix = "fanfare.presence")
public interface PresenceConfig {

    /** How long the entries of a user stay without being announced again. */
    @WithDefault("1h")
    Duration ttl();

    /** How long it is known of a user who went that they were connected at all. */
    @WithDefault("7d")
    Duration memory();

    /** How often a node announces all its sessions again; well below the time for which entries stay. */
    @WithDefault("20m")
    Duration sweep();

    /** How many sessions a node announces again per second, at most. */
    @WithDefault("5000")
    int announceRate();

    /**
     * How long after Redis was found empty, or after a node last announced a session because of that, presence counts as
     * incomplete: personal messages wait so long. Longer than a heartbeat ({@code fanfare.node.heartbeat}).
     */
    @WithDefault("5s")
    Duration settle();
}
