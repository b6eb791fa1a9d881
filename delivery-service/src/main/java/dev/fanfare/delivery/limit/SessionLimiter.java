package dev.fanfare.delivery.limit;

import dev.fanfare.contracts.delivery.SessionEnd;
import dev.fanfare.contracts.delivery.SessionEnd.Reason;
import dev.fanfare.delivery.node.NodeEpoch;
import dev.fanfare.delivery.node.NodeIdentity;
import dev.fanfare.delivery.presence.Newcomers;
import dev.fanfare.delivery.presence.OwnSessions;
import dev.fanfare.delivery.presence.PresenceEntry;
import dev.fanfare.delivery.presence.PresenceLookup;
import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.session.LocalSessions;
import dev.fanfare.delivery.session.SessionConfig;
import dev.fanfare.delivery.session.SessionInfo;
import dev.fanfare.delivery.user.UserKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Ends the sessions that {@link SessionLimits} finds too many: those of this node at once, those of others by their
 * mailbox. What a dead node left behind, or this one, does not count and is removed.
 */
@Startup // so that its metrics are there from the start
@ApplicationScoped
class SessionLimiter implements Newcomers {

    static final String REPLACED_METRIC = "fanfare.sessions.replaced";

    private static final Logger LOGGER = Logger.getLogger(SessionLimiter.class);

    private final SessionLimits limits;
    private final LocalSessions sessions;
    private final OwnSessions own;
    private final SessionEnds elsewhere;
    private final NodeEpoch epochs;
    private final PresenceLookup presence;
    private final String here;
    private final Counter replaced;

    SessionLimiter(
            SessionConfig config,
            LocalSessions sessions,
            OwnSessions own,
            SessionEnds elsewhere,
            NodeEpoch epochs,
            PresenceLookup presence,
            NodeIdentity node,
            MeterRegistry metrics) {
        this.limits = new SessionLimits(config.maxPerUser(), config.maxPerDevice());
        this.sessions = sessions;
        this.own = own;
        this.elsewhere = elsewhere;
        this.epochs = epochs;
        this.presence = presence;
        this.here = node.id();
        this.replaced = metrics.counter(REPLACED_METRIC);
    }

    @Override
    public boolean concern(SessionInfo newcomer) {
        return limits.concern(newcomer);
    }

    @Override
    public void announced(SessionInfo newcomer, List<PresenceEntry> entries) {
        if (limits.exceeded(newcomer, entries).isEmpty()) {
            return;
        }
        Set<String> otherNodes = entries.stream()
                .filter(entry -> !isHere(entry))
                .map(PresenceEntry::node)
                .collect(Collectors.toSet());
        epochs.alive(otherNodes)
                .subscribe()
                .with(
                        alive -> endExceeded(newcomer, entries, alive),
                        e -> LOGGER.debugf("session limits were not kept: userId=%s: %s", newcomer.userId(), e));
    }

    private void endExceeded(SessionInfo newcomer, List<PresenceEntry> entries, Set<String> alive) {
        Map<Boolean, List<PresenceEntry>> byLife =
                entries.stream().collect(Collectors.partitioningBy(entry -> isOpen(entry, alive)));
        remove(newcomer, byLife.get(false));
        for (PresenceEntry entry : limits.exceeded(newcomer, byLife.get(true))) {
            LOGGER.debugf(
                    "session replaced: userId=%s sessionId=%s by=%s",
                    newcomer.userId(), entry.sessionId(), newcomer.sessionId());
            replaced.increment();
            end(newcomer, entry);
        }
    }

    private boolean isOpen(PresenceEntry entry, Set<String> aliveNodes) {
        return isHere(entry) ? own.contains(entry.sessionId()) : aliveNodes.contains(entry.node());
    }

    private boolean isHere(PresenceEntry entry) {
        return entry.node().equals(here);
    }

    private void end(SessionInfo newcomer, PresenceEntry entry) {
        if (isHere(entry)) {
            sessions.end(newcomer.appKey(), newcomer.userId(), entry.sessionId(), CloseCode.REPLACED);
        } else {
            elsewhere.tell(
                    new SessionEnd(newcomer.appKey(), newcomer.userId(), entry.sessionId(), Reason.REPLACED),
                    entry.mailbox());
        }
    }

    private void remove(SessionInfo newcomer, List<PresenceEntry> stale) {
        UserKey user = new UserKey(newcomer.appKey(), newcomer.userId());
        presence.remove(Map.of(user, stale)).subscribe().with(ignored -> {});
    }
}
