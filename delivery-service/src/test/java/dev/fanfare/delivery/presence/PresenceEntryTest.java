package dev.fanfare.delivery.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.session.SessionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PresenceEntryTest {

    @Test
    void whatIsStoredIsRead() {
        // Given
        SessionInfo session = new SessionInfo("s1", "app", "u1", "phone \"7\"", 123);

        // When
        String stored = PresenceEntry.store(session, 5, "node", 456);

        // Then
        assertThat(PresenceEntry.parse("s1", stored))
                .contains(new PresenceEntry("s1", 5, "node", "phone \"7\"", 123, stored));
    }

    @Test
    void twoAnnouncementsDiffer() {
        // Given
        SessionInfo session = new SessionInfo("s1", "app", "u1", "phone", 123);

        // When
        String first = PresenceEntry.store(session, 5, "node", 456);

        // Then
        assertThat(PresenceEntry.store(session, 5, "node", 457)).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "x", "[1]", "{\"node\":7", "{\"mailbox\":\"x\",\"node\":\"n\"}"})
    void whatIsNoEntryIsNotRead(String value) {
        // When
        var parsed = PresenceEntry.parse("s1", value);

        // Then
        assertThat(parsed).isEmpty();
    }
}
