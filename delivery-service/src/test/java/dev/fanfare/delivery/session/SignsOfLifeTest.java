package dev.fanfare.delivery.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SignsOfLifeTest {

    @Test
    void oneSessionOfAUserIsEnough() {
        // Given
        SignsOfLife signs = new SignsOfLife(Map.of("u1", 3));

        // When
        signs.gone("u1");
        signs.alive("u1");

        // Then: what the third says changes nothing
        assertThat(signs.alive()).isCompletedWithValueMatching(alive -> alive.contains("u1"));
        signs.gone("u1");
        signs.alive("u1");
        assertThat(signs.alive().join()).containsExactly("u1");
    }

    @Test
    void whoseSessionsAreAllGoneIsNotAlive() {
        // Given
        SignsOfLife signs = new SignsOfLife(Map.of("u1", 2));

        // When
        signs.gone("u1");
        assertThat(signs.alive()).isNotDone();
        signs.gone("u1");

        // Then
        assertThat(signs.alive().join()).isEmpty();
    }

    @Test
    void itIsKnownWhenItIsKnownOfAll() {
        // Given
        SignsOfLife signs = new SignsOfLife(Map.of("u1", 1, "u2", 1, "u3", 1));

        // When
        signs.alive("u1");
        signs.gone("u2");
        signs.alive("stranger");
        signs.gone("stranger");
        assertThat(signs.alive()).isNotDone();
        signs.alive("u3");

        // Then
        assertThat(signs.alive().join()).containsExactlyInAnyOrder("u1", "u3");
    }

    @Test
    void ofNobodyItIsKnownAtOnce() {
        assertThat(new SignsOfLife(Map.of()).alive().join()).isEmpty();
    }
}
