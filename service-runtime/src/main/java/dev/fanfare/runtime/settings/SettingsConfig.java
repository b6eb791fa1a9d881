package dev.fanfare.runtime.settings;

import dev.fanfare.contracts.Secret;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;
import java.util.Optional;

/** {@code fanfare.settings.*}: the same at the gateway and at delivery-service. */
@ConfigMapping(prefix = "fanfare.settings")
public interface SettingsConfig {

    /**
     * Seals secrets of apps on their way from api-gateway to delivery-service: 32 bytes in base64, the same for both, and
     * needed by them only. By default one that everybody knows, with which a cluster does not start.
     */
    Optional<Secret> secretKey();

    /** By which name that key is known beside what it has sealed. Another key needs another name. */
    @WithDefault("k1")
    String secretKeyId();

    /** Other keys by their names; they open. */
    Map<String, Secret> previousSecretKeys();
}
