package dev.fanfare.delivery.node;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which parts of the service this process runs: {@code fanfare.roles.*}. */
@ConfigMapping(prefix = "fanfare.roles")
public interface RolesConfig {

    /** Client connections and their mailbox. */
    @WithDefault("true")
    boolean edge();

    /** Online or push. */
    @WithDefault("true")
    boolean dispatch();

    /** Hands notifications to the providers. */
    @WithDefault("true")
    boolean push();

    /** Keeps what became of each message. */
    @WithDefault("true")
    boolean ledger();
}
