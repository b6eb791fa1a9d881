package dev.fanfare.delivery.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.presence.PresenceEntry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailboxRuleTest {

    private final MailboxRule rule = new MailboxRule("here", Set.of("open")::contains);

    /** Node of the entry, its session, reroutes so far; then: worth sending on, stale. */
    @ParameterizedTest
    @CsvSource({
        "here,  gone, 0, false, true",
        "here,  gone, 4, false, true",
        "here,  open, 0, true,  false",
        "here,  open, 4, true,  false",
        "here,  open, 5, false, false",
        "there, gone, 0, true,  false",
        "there, gone, 4, true,  false",
        "there, gone, 5, false, false",
        "there, open, 6, false, false",
    })
    void theRule(String node, String session, int reroutes, boolean worth, boolean stale) {
        // Given
        List<PresenceEntry> entries = List.of(entry(session, node));

        // When
        List<PresenceEntry> sendOn = rule.worthSendingOn(entries, reroutes);

        // Then
        assertThat(sendOn).isEqualTo(worth ? entries : List.of());
        assertThat(rule.stale(entries)).isEqualTo(stale ? entries : List.of());
    }

    @Test
    void ofSeveralSessionsTheStaleOnesAreLeftOut() {
        // Given
        PresenceEntry stale = entry("gone", "here");
        PresenceEntry elsewhere = entry("other", "there");

        // When
        List<PresenceEntry> sendOn = rule.worthSendingOn(List.of(stale, elsewhere), 0);

        // Then
        assertThat(sendOn).containsExactly(elsewhere);
    }

    private static PresenceEntry entry(String session, String node) {
        return new PresenceEntry(session, 1, node, "device", 1, "");
    }
}
