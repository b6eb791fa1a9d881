package dev.fanfare.delivery.app;

import dev.fanfare.contracts.Secret;
import dev.fanfare.runtime.settings.AppSecrets;
import dev.fanfare.runtime.settings.SettingsConfig;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** The key under which secrets of apps travel, without a configuration. */
final class TestSecrets {

    private TestSecrets() {}

    /** @param of different numbers make different keys */
    static AppSecrets of(int of) {
        byte[] key = new byte[32];
        key[0] = (byte) of;
        return new AppSecrets(new SettingsConfig() {
            @Override
            public Optional<Secret> secretKey() {
                return Optional.of(Secret.of(Base64.getEncoder().encodeToString(key)));
            }

            @Override
            public String secretKeyId() {
                return "k1";
            }

            @Override
            public Map<String, Secret> previousSecretKeys() {
                return Map.of();
            }
        });
    }
}
