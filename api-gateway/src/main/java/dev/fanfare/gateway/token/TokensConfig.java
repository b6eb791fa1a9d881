package dev.fanfare.gateway.token;

import dev.fanfare.contracts.Secret;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** How user tokens are signed; the delivery service has the same keys. */
@ConfigMapping(prefix = "fanfare.tokens")
public interface TokensConfig {

    /** Id of the key that signs new tokens. */
    String active();

    /** All keys whose tokens are good, by id; 32 bytes at least. */
    Map<String, Secret> keys();

    /** How long a token is good. */
    @WithDefault("30d")
    Duration lifetime();
}
