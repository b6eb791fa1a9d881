package dev.fanfare.delivery.drain;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code fanfare.drain.*}. */
@ConfigMapping(prefix = "fanfare.drain")
public interface DrainConfig {

    /** Sessions that are sent away per second; more if otherwise not all would be gone in time. */
    @WithDefault("500")
    int rate();

    /**
     * How long sending them away may take at SIGTERM. Kubernetes kills 30 s after SIGTERM unless told otherwise
     * ({@code terminationGracePeriodSeconds}): stay a few seconds below.
     */
    @WithDefault("24s")
    Duration timeout();
}
