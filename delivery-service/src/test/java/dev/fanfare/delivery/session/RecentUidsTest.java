package dev.fanfare.delivery.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentUidsTest {

    @Test
    void tellsARepeatedMessage() {
        RecentUids recent = new RecentUids();
        assertThat(recent.add("5FGT-7VA9-G4DD-4V5P")).isTrue();
        assertThat(recent.add("5FGT-7VA9-G4DD-4V5Q")).isTrue();
        assertThat(recent.add("5FGT-7VA9-G4DD-4V5P")).isFalse();
    }

    @Test
    void remembersTheLast128() {
        // Given
        RecentUids recent = new RecentUids();
        for (int i = 0; i < 129; i++) {
            recent.add("U" + i);
        }

        // When
        boolean oldest = recent.add("U0");
        boolean second = recent.add("U5");

        // Then
        assertThat(oldest).isTrue();
        assertThat(second).isFalse();
    }
}
