package dev.fanfare.gateway.command;

import dev.fanfare.contracts.Secret;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** With which key the gateway signs its commands; the expanding services know it as a producer's key. */
@ConfigMapping(prefix = "fanfare.signing")
public interface SigningConfig {

    /** Goes into {@code fanfare-key-id}. */
    @WithDefault("gateway")
    String keyId();

    /** HMAC secret of that key. */
    Secret secret();
}
