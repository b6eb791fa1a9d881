package dev.fanfare.delivery.presence;

import dev.fanfare.delivery.outcome.Acknowledgements;
import dev.fanfare.delivery.session.SessionInfo;
import dev.fanfare.delivery.session.SessionLifecycle;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * What becomes of a session's comings and goings: its entry in presence, and the outcomes of what its client
 * acknowledges. Where Redis cannot be told, a session that came is announced by the next {@link Reannouncement}, and one
 * that went is recognised as stale by the first record that does not find it.
 */
@ApplicationScoped
class SessionPresence implements SessionLifecycle {

    private static final Logger LOGGER = Logger.getLogger(SessionPresence.class);

    private final OwnSessions sessions;
    private final Reannouncement reannouncement;
    private final Acknowledgements acknowledgements;

    SessionPresence(OwnSessions sessions, Reannouncement reannouncement, Acknowledgements acknowledgements) {
        this.sessions = sessions;
        this.reannouncement = reannouncement;
        this.acknowledgements = acknowledgements;
    }

    @Override
    public Uni<Void> opened(SessionInfo session) {
        return sessions.add(session).onFailure().invoke(reannouncement::request);
    }

    @Override
    public void closed(SessionInfo session) {
        sessions.remove(session)
                .subscribe()
                .with(
                        ignored -> {},
                        e -> LOGGER.debugf(
                                "the entry of a closed session stays for now: %s %s", session.sessionId(), e));
    }

    @Override
    public void acknowledged(SessionInfo session, List<String> messageUids) {
        acknowledgements.tell(session, messageUids);
    }
}
