package dev.fanfare.groupstatus.internal;

import dev.fanfare.contracts.Secret;
import io.smallrye.config.ConfigMapping;

/** {@code fanfare.internal.*}. */
@ConfigMapping(prefix = "fanfare.internal")
public interface InternalConfig {

    /** What Fanfare's services show each other as {@code Authorization: Bearer}. */
    Secret key();
}
