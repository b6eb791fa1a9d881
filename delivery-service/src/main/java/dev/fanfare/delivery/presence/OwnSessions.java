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
    private final Newcomers newcomers;

    OwnSessions(PresenceWriter writer, HeldMailboxes mailboxes, Newcomers newcomers) {
        this.writer = writer;
        this.mailboxes = mailboxes;
        this.newcomers = newcomers;
    }

    CompletableFuture<Void> add(SessionInfo info) {
        // Before it is announced: an entry in Redis that is no session here is taken for stale, and removed.
        sessions.put(info.sessionId(), new OwnSession(info));
        return newcomers.concern(info) ? announceAndTell(info) : announceNow(List.of(info.sessionId()));
    }

    private CompletableFuture<Void> announceAndTell(SessionInfo info) {
        List<CompletableFuture<List<PresenceEntry>>> announcement = new ArrayList<>();
        sessions.computeIfPresent(info.sessionId(), (id, session) -> {
            announcement.add(writer.announceAndRead(session));
            return session;
        });
        if (announcement.isEmpty()) {
            return CompletableFuture.completedFuture(null); // closed meanwhile
        }
        CompletableFuture<List<PresenceEntry>> announced = announcement.get(0);
        // Beside what is returned: whoever waits for that may give up.
        announced.thenAccept(entries -> newcomers.announced(info, entries));
        return announced.thenAccept(entries -> {});
    }

    CompletableFuture<Void> remove(SessionInfo info) {
        List<CompletableFuture<Void>> removal = new ArrayList<>();
        sessions.computeIfPresent(info.sessionId(), (id, session) -> {
            removal.add(writer.remove(session));
            return null;
        });
        return all(removal);
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
        return all(announcements);
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

    private static CompletableFuture<Void> all(List<CompletableFuture<Void>> changes) {
        return CompletableFuture.allOf(changes.toArray(CompletableFuture[]::new));
    }
}
