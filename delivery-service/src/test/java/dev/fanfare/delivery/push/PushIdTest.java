package dev.fanfare.delivery.push;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushIdTest {

    @Test
    void ownIdsAreKept() {
        // When, then
        assertThat(PushId.of("5FGT-7VA9-G4DD-4V5P", 32)).isEqualTo("5FGT-7VA9-G4DD-4V5P");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "ümlaut", "0123456789012345678901234567890123456789"})
    void othersAreDigested(String uid) {
        // When
        String id = PushId.of(uid, 32);

        // Then
        assertThat(id)
                .matches("[A-Za-z0-9_-]{32}")
                .isEqualTo(PushId.of(uid, 32))
                .isNotEqualTo(PushId.of(uid + "x", 32));
    }
}
