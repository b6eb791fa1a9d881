package dev.fanfare.delivery.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ShorteningTest {

    /** As much as fits and not a character more; what is valid text stays valid. */
    @Property
    void longestThatFits(@ForAll String any, @ForAll @IntRange(min = 3, max = 60) int most) {
        // Given: no halves of characters to begin with
        String text = new String(any.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        // When
        String shown = new String(
                Shortening.fit(text, body -> body.getBytes(StandardCharsets.UTF_8), most)
                        .orElseThrow(),
                StandardCharsets.UTF_8);

        // Then
        if (bytes(text) <= most) {
            assertThat(shown).isEqualTo(text);
        } else {
            String kept = shown.substring(0, shown.length() - 1);
            assertThat(shown).endsWith("…");
            assertThat(text).startsWith(kept);
            assertThat(bytes(shown)).isLessThanOrEqualTo(most);
            String next = text.substring(0, text.offsetByCodePoints(kept.length(), 1)) + "…";
            assertThat(bytes(next)).isGreaterThan(most);
        }
    }

    @Test
    void nothingThatCouldBeLeftOut() {
        // When
        Optional<byte[]> withoutText = Shortening.fit(null, text -> new byte[11], 10);
        Optional<byte[]> withText = Shortening.fit("text", text -> new byte[11], 10);

        // Then
        assertThat(withoutText).isEmpty();
        assertThat(withText).isEmpty();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
