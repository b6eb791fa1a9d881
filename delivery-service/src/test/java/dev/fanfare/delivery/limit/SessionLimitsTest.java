package dev.fanfare.delivery.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.presence.PresenceEntry;
import dev.fanfare.delivery.session.SessionInfo;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionLimitsTest {

    private static final SessionInfo PHONE = new SessionInfo("new", "app", "u", "phone", 100);
    private static final SessionInfo UNNAMED = new SessionInfo("new", "app", "u", "new", 100);

    /** Limits; the sessions of the user as device and time; who goes, by place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0 | 1 | new@100                            |
                    0 | 1 | phone@1 new@100                    | 0
                    0 | 1 | phone@1 phone@2 tablet@3 new@100   | 1 0
                    0 | 2 | phone@1 phone@3 phone@2 new@100    | 2 0
                    0 | 2 | phone@1 new@100                    |
                    0 | 0 | phone@1 phone@2 new@100            |
                    1 | 0 | phone@1 tablet@2 new@100           | 1 0
                    2 | 0 | phone@1 tablet@2 new@100           | 0
                    3 | 0 | phone@1 tablet@2 new@100           |
                    2 | 1 | phone@9 tablet@2 new@100           | 0
                    2 | 1 | phone@9 tablet@2 web@3 new@100     | 0 1
                    0 | 1 | phone@500 new@100                  | 0
                    0 | 2 | phone@5 phone@5 new@100            | 1
                    0 | 1 | phone@1                            | 0
                    """)
    void theOldestGoAndNeverTheNewcomer(int perUser, int perDevice, String sessions, String gone) {
        // Given
        List<PresenceEntry> entries = entries(sessions);

        // When
        List<PresenceEntry> exceeded = new SessionLimits(perUser, perDevice).exceeded(PHONE, entries);

        // Then
        assertThat(exceeded)
                .containsExactlyElementsOf(
                        gone == null
                                ? List.of()
                                : Arrays.stream(gone.split(" "))
                                        .map(i -> entries.get(Integer.parseInt(i)))
                                        .toList());
    }

    @Test
    void ofTheSameMomentTheIdDecidesTheSameForEverybody() {
        // Given
        PresenceEntry a = entry("a", "phone", 5);
        PresenceEntry b = entry("b", "phone", 5);
        SessionLimits limits = new SessionLimits(0, 2);

        // When
        List<PresenceEntry> exceeded = limits.exceeded(PHONE, List.of(a, b));

        // Then
        assertThat(exceeded).containsExactly(b).isEqualTo(limits.exceeded(PHONE, List.of(b, a)));
    }

    @Test
    void aDeviceWithoutNameIsLimitedByItsUserOnly() {
        // Given
        List<PresenceEntry> entries = List.of(entry("old", "old", 1), entry("new", "new", 100));

        // When
        List<PresenceEntry> exceeded = new SessionLimits(0, 1).exceeded(UNNAMED, entries);

        // Then
        assertThat(exceeded).isEmpty();
        assertThat(new SessionLimits(1, 1).exceeded(UNNAMED, entries)).containsExactly(entries.get(0));
    }

    /** Limits, whether they concern a device with a name, and one without. */
    @ParameterizedTest
    @CsvSource({"0,0,false,false", "0,1,true,false", "1,0,true,true", "1,1,true,true"})
    void presenceIsAskedOnlyWhereALimitIs(int perUser, int perDevice, boolean named, boolean unnamed) {
        // When
        SessionLimits limits = new SessionLimits(perUser, perDevice);

        // Then
        assertThat(limits.concern(PHONE)).isEqualTo(named);
        assertThat(limits.concern(UNNAMED)).isEqualTo(unnamed);
    }

    private static List<PresenceEntry> entries(String sessions) {
        String[] each = sessions.split(" ");
        PresenceEntry[] entries = new PresenceEntry[each.length];
        for (int i = 0; i < each.length; i++) {
            String[] parts = each[i].split("@");
            boolean isNew = parts[0].equals("new");
            entries[i] = entry(isNew ? "new" : "s" + i, isNew ? "phone" : parts[0], Long.parseLong(parts[1]));
        }
        return List.of(entries);
    }

    private static PresenceEntry entry(String session, String device, long connectedAt) {
        return new PresenceEntry(session, 1, "node", device, connectedAt, "");
    }
}
