package dev.fanfare.delivery.push.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.sealing.Sealer.Sealed;
import dev.fanfare.contracts.sealing.Sealer.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialCipherTest {

    private static final CredentialKey APP = new CredentialKey("app", "apns");
    private static final Map<String, Secret> SETTINGS =
            Map.of("privateKey", Secret.of("the-private-key-日本"), "keyId", Secret.of("K1"));

    private final Secret old = key('o');
    private final Secret now = key('n');

    @Test
    void opensWhatItSealed() throws Exception {
        // Given
        CredentialCipher cipher = new CredentialCipher("k1", Map.of("k1", now));

        // When
        Sealed sealed = cipher.seal(APP, SETTINGS);

        // Then
        assertThat(cipher.open(APP, sealed)).isEqualTo(SETTINGS);
        assertThat(new String(sealed.bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain("private")
                .doesNotContain("K1");
        assertThat(cipher.seal(APP, SETTINGS).bytes()).isNotEqualTo(sealed.bytes());
    }

    @Test
    void opensWhatAKeyOfBeforeSealedAndSealsWithTheActiveOne() throws Exception {
        // Given
        Sealed before = new CredentialCipher("k0", Map.of("k0", old)).seal(APP, SETTINGS);

        // When
        CredentialCipher rotated = new CredentialCipher("k1", Map.of("k0", old, "k1", now));

        // Then
        assertThat(rotated.open(APP, before)).isEqualTo(SETTINGS);
        assertThat(rotated.seal(APP, SETTINGS).keyId()).isEqualTo("k1");
    }

    @Test
    void opensNothingThatIsNotWhatItWas() {
        // Given
        CredentialCipher cipher = new CredentialCipher("k1", Map.of("k1", now));
        Sealed sealed = cipher.seal(APP, SETTINGS);
        byte[] changed = sealed.bytes().clone();
        changed[changed.length - 1]++;

        // Then
        unreadable(cipher, new CredentialKey("other", "apns"), sealed);
        unreadable(cipher, new CredentialKey("app", "fcm"), sealed);
        unreadable(cipher, APP, new Sealed("k1", changed));
        unreadable(cipher, APP, new Sealed("k1", new byte[5]));
        unreadable(cipher, APP, new Sealed("unknown", sealed.bytes()));
        unreadable(new CredentialCipher("k1", Map.of("k1", old)), APP, sealed);
    }

    private static void unreadable(CredentialCipher cipher, CredentialKey key, Sealed sealed) {
        assertThatThrownBy(() -> cipher.open(key, sealed)).isInstanceOf(UnreadableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no base64!", "c2hvcnQ="})
    void refusesAKeyThatIsNone(String key) {
        assertThatThrownBy(() -> new CredentialCipher("k1", Map.of("k1", Secret.of(key))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("k1");
    }

    @Test
    void refusesAnActiveKeyThatIsNotThere() {
        assertThatThrownBy(() -> new CredentialCipher("k2", Map.of("k1", now)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("k2");
    }

    private static Secret key(char of) {
        return Secret.of(
                Base64.getEncoder().encodeToString(String.valueOf(of).repeat(32).getBytes(StandardCharsets.US_ASCII)));
    }
}
