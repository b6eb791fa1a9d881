package dev.fanfare.delivery.access;

import dev.fanfare.contracts.Secret;
import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** {@code fanfare.tokens.*}: the same keys as the gateway's. */
@ConfigMapping(prefix = "fanfare.tokens")
public interface TokensConfig {

    /** Id of the key that signs new tokens. */
    String active();

    /** Key id to secret; all of them verify. */
    Map<String, Secret> keys();
}
