package dev.fanfare.delivery.mailbox;

import dev.fanfare.delivery.presence.PresenceEntry;
import java.util.List;
import java.util.function.Predicate;

/**
 * The rule for a user whom a record named and who did not get it here: which of the sessions that presence knows are
 * worth sending the record on to. A pure function.
 *
 * <ul>
 *   <li>an entry that names this node, and the session is not open here: stale, to be removed;
 *   <li>an entry that names this node, and the session is open: it came a moment ago, or is being cut; once more;
 *   <li>an entry of another live node: there;
 *   <li>sent on too often: nobody. Presence and sessions do not agree, and a message must not circle for ever.
 * </ul>
 *
 * What then is left without a session is the policy's to decide.
 */
final class MailboxRule {

    static final int MAX_REROUTES = 5;

    private final String node;
    private final Predicate<String> openHere;

    /** @param openHere whether a session of that id is open on this node */
    MailboxRule(String node, Predicate<String> openHere) {
        this.node = node;
        this.openHere = openHere;
    }

    /** @param reroutes how often the record was sent on so far */
    List<PresenceEntry> worthSendingOn(List<PresenceEntry> entries, int reroutes) {
        return reroutes >= MAX_REROUTES
                ? List.of()
                : entries.stream().filter(entry -> !isStale(entry)).toList();
    }

    List<PresenceEntry> stale(List<PresenceEntry> entries) {
        return entries.stream().filter(this::isStale).toList();
    }

    private boolean isStale(PresenceEntry entry) {
        return entry.node().equals(node) && !openHere.test(entry.sessionId());
    }
}
