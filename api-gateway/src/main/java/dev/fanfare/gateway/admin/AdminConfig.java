package dev.fanfare.gateway.admin;

import dev.fanfare.contracts.Secret;
import io.smallrye.config.ConfigMapping;

/** Who administrates. */
@ConfigMapping(prefix = "fanfare.admin")
public interface AdminConfig {

    /** Opens all of the admin API, whose other tokens are made with it. */
    Secret token();
}
