package dev.fanfare.contracts.sealing;

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

class SealerTest {

    private static final byte[] CONTENT = "the-content-日本".getBytes(StandardCharsets.UTF_8);

    private final Secret old = key('o');
    private final Secret now = key('n');
    private final Sealer sealer = new Sealer("test", "k1", Map.of("k1", now));

    @Test
    void opensWhatItSealed() throws Exception {
        // When
        Sealed sealed = sealer.seal("app", CONTENT);

        // Then
        assertThat(sealer.open("app", sealed)).isEqualTo(CONTENT);
        assertThat(new String(sealed.bytes(), StandardCharsets.UTF_8)).doesNotContain("content");
        assertThat(sealer.seal("app", CONTENT).bytes()).isNotEqualTo(sealed.bytes());
    }

    @Test
    void opensWhatCameAsText() throws Exception {
        // Given
        Sealer dotted = new Sealer("test", "2026.11", Map.of("2026.11", now));

        // When
        String text = dotted.seal("app", CONTENT).text();

        // Then
        assertThat(text).startsWith("2026.11.").doesNotContain("\n", "=", "/", "+");
        assertThat(dotted.open("app", Sealed.parse(text))).isEqualTo(CONTENT);
    }

    @Test
    void opensWhatAKeyOfBeforeSealedAndSealsWithTheActiveOne() throws Exception {
        // Given
        Sealed before = new Sealer("test", "k0", Map.of("k0", old)).seal("app", CONTENT);

        // When
        Sealer rotated = new Sealer("test", "k1", Map.of("k0", old, "k1", now));

        // Then
        assertThat(rotated.open("app", before)).isEqualTo(CONTENT);
        assertThat(rotated.seal("app", CONTENT).keyId()).isEqualTo("k1");
    }

    @Test
    void opensNothingThatIsNotWhatItWas() {
        // Given
        Sealed sealed = sealer.seal("app", CONTENT);
        byte[] changed = sealed.bytes().clone();
        changed[changed.length - 1]++;

        // When, Then
        assertThatThrownBy(() -> sealer.open("app", new Sealed("k1", changed))).isInstanceOf(UnreadableException.class);
        assertThatThrownBy(() -> sealer.open("other", sealed)).isInstanceOf(UnreadableException.class);
        assertThatThrownBy(() -> sealer.open("app", new Sealed("k9", sealed.bytes())))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("k9");
        assertThatThrownBy(() -> sealer.open("app", new Sealed("k1", new byte[11])))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("short");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "k1", "k1.", "k1.?", "k1.AAAA", ".AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void opensNoTextThatIsNotItsOwn(String text) {
        assertThatThrownBy(() -> sealer.open("app", Sealed.parse(text))).isInstanceOf(UnreadableException.class);
    }

    @Test
    void keysThatCannotWorkAreRefusedAtTheStart() {
        String half = Base64.getEncoder().encodeToString(new byte[16]);
        assertThatThrownBy(() -> new Sealer("test", "k2", Map.of("k1", now)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no test key k2");
        assertThatThrownBy(() -> new Sealer("test", "k1", Map.of("k1", Secret.of(half))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the test key k1 must be 32 bytes in base64");
        assertThatThrownBy(() -> new Sealer("test", "k1", Map.of("k1", Secret.of("no base64 !"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the test key k1 is not base64");
    }

    private static Secret key(char letter) {
        byte[] bytes = String.valueOf(letter).repeat(32).getBytes(StandardCharsets.US_ASCII);
        return Secret.of(Base64.getEncoder().encodeToString(bytes));
    }
}
