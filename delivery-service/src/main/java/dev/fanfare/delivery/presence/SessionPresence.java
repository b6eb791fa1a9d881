package dev.fanfare.delivery.presence;

import dev.fanfare.delivery.outcome.Acknowledgements;
import dev.fanfare.delivery.session.SessionInfo;
import dev.fanfare.delivery.session.SessionLifecycle;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
        CompletableFuture<Void> announced = sessions.add(session);
        // Not on the Uni: whoever waits for it may have given up by then.
        announced.whenComplete((ignored, failure) -> {
            if (failure != null) {
                reannouncement.request();
            }
        });
        return Uni.createFrom().completionStage(announced);
    }

    @Override
    public void closed(SessionInfo session) {
        sessions.remove(session).whenComplete((ignored, failure) -> {
            if (failure != null) {
                LOGGER.debugf("the entry of a closed session stays: sessionId=%s: %s", session.sessionId(), failure);
            }
        });
    }

    @Override
    public CompletableFuture<Void> acknowledged(SessionInfo session, List<String> messageUids) {
        return acknowledgements.tell(session, messageUids);
    }
}
