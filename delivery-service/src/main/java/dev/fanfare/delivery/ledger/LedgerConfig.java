package dev.fanfare.delivery.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code fanfare.ledger.*}. */
@ConfigMapping(prefix = "fanfare.ledger")
public interface LedgerConfig {

    /** How long it is known what became of a message, from its sending on. In days of UTC, rounded up. */
    @WithDefault("7d")
    Duration retention();
}
