package dev.fanfare.delivery.presence;

import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.delivery.session.SessionInfo;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions that this node announces, and their entries in Redis. For each session the changes are written in the
 * order in which they happened, so a session that closed is not announced after its removal. Thread-safe.
 */
@ApplicationScoped
public class OwnSessions {

    private final Map<String, OwnSession> sessions = new ConcurrentHashMap<>();
    private final PresenceWriter writer;
    private final HeldMailboxes mailboxes;

    OwnSessions(PresenceWriter writer, HeldMailboxes mailboxes) {
        this.writer = writer;
        this.mailboxes = mailboxes;
    }

    CompletableFuture<Void> add(SessionInfo info) {
        sessions.put(info.sessionId(), new OwnSession(info));
        return announceNow(List.of(info.sessionId()));
    }

    CompletableFuture<Void> remove(SessionInfo info) {
        List<CompletableFuture<Void>> removal = new ArrayList<>();
        sessions.computeIfPresent(info.sessionId(), (id, session) -> {
            removal.add(writer.remove(session));
            return null;
        });
        return flushed(removal);
    }

    /** Whether such a session is open on this node. */
    public boolean contains(String sessionId) {
        return sessions.containsKey(sessionId);
    }

    List<String> ids() {
        return List.copyOf(sessions.keySet());
    }

    /** Announces those that are still open. */
    Uni<Void> announce(Collection<String> ids) {
        return Uni.createFrom().completionStage(() -> announceNow(ids));
    }

    private CompletableFuture<Void> announceNow(Collection<String> ids) {
        List<CompletableFuture<Void>> announcements = new ArrayList<>();
        ids.forEach(id -> sessions.computeIfPresent(id, (same, session) -> {
            announcements.add(writer.announce(session));
            return session;
        }));
        return flushed(announcements);
    }

    /**
     * Announces the sessions again whose mailbox is not this node's, under one that is. Without any mailbox it leaves
     * them as they are: records for them wait for whoever gets the mailbox, and are routed on from there.
     */
    Uni<Void> moveToHeldMailboxes() {
        if (mailboxes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return announce(sessions.values().stream()
                .filter(session -> !mailboxes.holds(session.mailbox()))
                .map(session -> session.info().sessionId())
                .toList());
    }

    /** Outside the map's locks, for whoever waits may run at once. */
    private CompletableFuture<Void> flushed(List<CompletableFuture<Void>> changes) {
        writer.flush();
        return CompletableFuture.allOf(changes.toArray(CompletableFuture[]::new));
    }
}
