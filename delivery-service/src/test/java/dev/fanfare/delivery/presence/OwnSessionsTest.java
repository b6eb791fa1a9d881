package dev.fanfare.delivery.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.delivery.session.SessionInfo;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnSessionsTest {

    private static final SessionInfo SESSION = new SessionInfo("s", "app", "u1", "phone", 0);

    private final List<Boolean> knownWhenAnnounced = new ArrayList<>();
    private OwnSessions sessions;

    /** Asked for the mailbox that an announcement tells of; there is none, so Redis is not. */
    private final HeldMailboxes mailboxes = new HeldMailboxes() {
        @Override
        public OptionalInt choose(String userKey) {
            knownWhenAnnounced.add(sessions.contains(SESSION.sessionId()));
            return OptionalInt.empty();
        }
    };

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSessionIsKnownHereBeforeOthersCanReadOfIt(boolean limited) {
        // Given
        sessions = new OwnSessions(
                new PresenceWriter(null, mailboxes, null, null, new SimpleMeterRegistry()),
                mailboxes,
                new Limited(limited));

        // When
        sessions.add(SESSION).join();

        // Then
        assertThat(knownWhenAnnounced).containsExactly(true);
    }

    private record Limited(boolean limited) implements Newcomers {

        @Override
        public boolean concern(SessionInfo newcomer) {
            return limited;
        }

        @Override
        public void announced(SessionInfo newcomer, List<PresenceEntry> entries) {
            assertThat(entries).isEmpty();
        }
    }
}
