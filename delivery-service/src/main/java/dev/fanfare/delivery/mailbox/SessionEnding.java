package dev.fanfare.delivery.mailbox;

import dev.fanfare.contracts.delivery.SessionEnd;
import dev.fanfare.delivery.node.NodeIdentity;
import dev.fanfare.delivery.presence.OwnSessions;
import dev.fanfare.delivery.presence.Presence;
import dev.fanfare.delivery.presence.PresenceEntry;
import dev.fanfare.delivery.presence.PresenceLookup;
import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.session.LocalSessions;
import dev.fanfare.delivery.user.UserKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Ends the sessions of this node that another node wants to end. One that is not here is gone, or its node has another
 * mailbox by now; only an entry that this node left behind is removed. Best effort: it never fails.
 */
@ApplicationScoped
class SessionEnding {

    private static final Logger LOGGER = Logger.getLogger(SessionEnding.class);

    private final LocalSessions sessions;
    private final PresenceLookup presence;
    private final MailboxRule rule;

    SessionEnding(LocalSessions sessions, PresenceLookup presence, NodeIdentity node, OwnSessions own) {
        this.sessions = sessions;
        this.presence = presence;
        this.rule = new MailboxRule(node.id(), own::contains);
    }

    static boolean isComplete(SessionEnd end) {
        return Stream.of(end.appKey(), end.userId(), end.sessionId(), end.reason())
                .allMatch(Objects::nonNull);
    }

    Uni<Void> of(List<SessionEnd> ends) {
        Set<UserKey> notHere = new HashSet<>();
        for (SessionEnd end : ends) {
            if (!sessions.end(end.appKey(), end.userId(), end.sessionId(), codeOf(end.reason()))) {
                notHere.add(new UserKey(end.appKey(), end.userId()));
            }
        }
        return notHere.isEmpty() ? Uni.createFrom().voidItem() : removeStale(notHere);
    }

    private Uni<Void> removeStale(Set<UserKey> users) {
        return presence.now(users)
                .call(found -> presence.remove(stale(found)))
                .onFailure()
                .invoke(e -> LOGGER.debugf("stale entries stay for now: %s", e))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Map<UserKey, List<PresenceEntry>> stale(Presence found) {
        Map<UserKey, List<PresenceEntry>> stale = new HashMap<>();
        found.live().forEach((user, entries) -> stale.put(user, rule.stale(entries)));
        return stale;
    }

    private static CloseCode codeOf(SessionEnd.Reason reason) {
        return switch (reason) {
            case REPLACED -> CloseCode.REPLACED;
        };
    }
}
