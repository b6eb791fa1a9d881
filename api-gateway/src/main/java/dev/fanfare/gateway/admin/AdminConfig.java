package dev.fanfare.gateway.admin;

import dev.fanfare.contracts.Secret;
import io.smallrye.config.ConfigMapping;

/** Who may change apps. */
@ConfigMapping(prefix = "fanfare.admin")
public interface AdminConfig {

    /** Bearer token of the admin API. */
    Secret token();
}
