package dev.fanfare.delivery.device;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.ZoneId;

/** What holds for all devices. */
@ConfigMapping(prefix = "fanfare.devices")
public interface DevicesConfig {

    /** How many devices with a token a user can have. One more, and the one that was registered first is forgotten. */
    @WithDefault("20")
    int maxPerUser();

    /** In which time zone a user's quiet time is meant on a device that does not say its own. */
    @WithDefault("UTC")
    ZoneId timeZone();

    /** How long PostgreSQL may take to answer. */
    @WithDefault("3s")
    Duration databasePatience();
}
