package dev.fanfare.runtime.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.sealing.Sealer.UnreadableException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppSecretsTest {

    private static final Secret KEY = key(1);
    private static final Secret SERVER_SECRET = Secret.of("00112233445566778899aabbccddeeff");

    @Test
    void aServerSecretComesOutWhereItShouldAndNowhereElse() throws Exception {
        // Given
        AppSecrets gateway = secrets("k1", KEY, Map.of());
        AppSecrets delivery = secrets("k2", key(2), Map.of("k1", KEY));

        // When
        String sealed = gateway.sealZim("app", SERVER_SECRET);

        // Then
        assertThat(delivery.openZim("app", sealed)).isEqualTo(SERVER_SECRET);
        assertThat(sealed).startsWith("k1.").doesNotContain("0011");
        assertThatThrownBy(() -> delivery.openZim("other", sealed)).isInstanceOf(UnreadableException.class);
        assertThatThrownBy(() -> gateway.openZim("app", delivery.sealZim("app", SERVER_SECRET)))
                .isInstanceOf(UnreadableException.class);
    }

    @Test
    void aServiceThatNeedsTheKeyDoesNotStartWithoutIt() {
        assertThatThrownBy(() -> secrets("k1", null, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fanfare.settings.secret-key");
    }

    private static AppSecrets secrets(String id, Secret key, Map<String, Secret> previous) {
        return new AppSecrets(new SettingsConfig() {
            @Override
            public Optional<Secret> secretKey() {
                return Optional.ofNullable(key);
            }

            @Override
            public String secretKeyId() {
                return id;
            }

            @Override
            public Map<String, Secret> previousSecretKeys() {
                return previous;
            }
        });
    }

    private static Secret key(int of) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) of;
        return Secret.of(Base64.getEncoder().encodeToString(bytes));
    }
}
