package dev.fanfare.runtime.settings;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.sealing.Sealer;
import dev.fanfare.contracts.sealing.Sealer.Sealed;
import dev.fanfare.contracts.sealing.Sealer.UnreadableException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * How secrets of apps travel in {@code fanfare.app.settings.v1}, which whoever reads Kafka reads: sealed under {@code
 * fanfare.settings.secret-key}, 32 bytes in base64, which the gateway and the delivery service share. A service that
 * injects it does not start without the key.
 */
@ApplicationScoped
public class AppSecrets {

    private static final String ZIM_SERVER_SECRET = "\nzim";

    private final Sealer sealer;

    public AppSecrets(SettingsConfig config) {
        Secret key = config.secretKey()
                .orElseThrow(() -> new IllegalArgumentException("fanfare.settings.secret-key is missing"));
        Map<String, Secret> keys = new HashMap<>(config.previousSecretKeys());
        keys.put(config.secretKeyId(), key);
        this.sealer = new Sealer("settings", config.secretKeyId(), keys);
    }

    /** An app's ServerSecret of ZIM as it travels. */
    public String sealZim(String appKey, Secret serverSecret) {
        return sealer.seal(appKey + ZIM_SERVER_SECRET, serverSecret.bytes()).text();
    }

    /** @throws UnreadableException no key opens it, or it is another app's */
    public Secret openZim(String appKey, String sealed) throws UnreadableException {
        byte[] secret = sealer.open(appKey + ZIM_SERVER_SECRET, Sealed.parse(sealed));
        return Secret.of(new String(secret, StandardCharsets.UTF_8));
    }
}
