package dev.fanfare.delivery.mailbox;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.delivery.device.DeviceRef;
import dev.fanfare.delivery.inbox.Confirmations;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.session.Handed;
import dev.fanfare.delivery.session.LocalSessions;
import dev.fanfare.delivery.session.SessionInfo;
import dev.fanfare.delivery.session.SessionLifecycle;
import dev.fanfare.delivery.user.UserKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A client edge without sockets: notes what each session gets. In place only where {@link RoutingProfile} is. */
@Alternative
@ApplicationScoped
public class RecordingSessions implements LocalSessions {

    private final SessionLifecycle lifecycle;
    private final Confirmations confirmations;
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, CloseCode> ended = new ConcurrentHashMap<>();

    RecordingSessions(SessionLifecycle lifecycle, Confirmations confirmations) {
        this.lifecycle = lifecycle;
        this.confirmations = confirmations;
    }

    private record Session(SessionInfo info, List<String> received) {}

    /** Connects with a device of its own, and returns when presence has been told. */
    public SessionInfo connect(String appKey, String userId) {
        return connect(appKey, userId, "device-" + UUID.randomUUID());
    }

    /** Connects with this device; null: with one that does not name itself. */
    public SessionInfo connect(String appKey, String userId, String deviceId) {
        SessionInfo info = open(appKey, userId, deviceId);
        lifecycle.opened(info).await().indefinitely();
        return info;
    }

    /** Connects while presence cannot be told. */
    public SessionInfo connectUnannounced(String appKey, String userId, String deviceId) {
        SessionInfo info = open(appKey, userId, deviceId);
        lifecycle.opened(info).onFailure().recoverWithNull().await().indefinitely();
        return info;
    }

    private SessionInfo open(String appKey, String userId, String deviceId) {
        String id = UUID.randomUUID().toString();
        SessionInfo info =
                new SessionInfo(id, appKey, userId, deviceId == null ? id : deviceId, System.currentTimeMillis());
        sessions.put(id, new Session(info, new CopyOnWriteArrayList<>()));
        return info;
    }

    public void disconnect(SessionInfo info) {
        vanish(info);
        lifecycle.closed(info);
    }

    /** Is gone, and nobody has been told. */
    public void vanish(SessionInfo info) {
        sessions.remove(info.sessionId());
    }

    /** The messageUIDs that a session got, in order. */
    public List<String> received(SessionInfo info) {
        return sessions.get(info.sessionId()).received();
    }

    @Override
    public Uni<Set<String>> deliver(String appKey, List<String> userIds, ClientMessage message) {
        return Uni.createFrom().item(() -> sessions.values().stream()
                .filter(session -> session.info.appKey().equals(appKey) && userIds.contains(session.info.userId()))
                .peek(session -> note(session, message.messageUID()))
                .map(session -> session.info.userId())
                .collect(Collectors.toSet()));
    }

    /** Who is connected has it, and says so at once. */
    @Override
    public CompletableFuture<Handed> hand(UserKey user, InboxPosition at, ClientMessage message) {
        Set<String> devices = sessions.values().stream()
                .filter(session -> session.info.appKey().equals(user.appKey())
                        && session.info.userId().equals(user.userId()))
                .peek(session -> note(session, message.messageUID()))
                .map(session -> session.info.deviceId())
                .collect(Collectors.toSet());
        Set<String> confirmed =
                devices.stream().filter(device -> !silent.contains(device)).collect(Collectors.toSet());
        CompletableFuture<?>[] kept = confirmed.stream()
                .map(device -> confirmations.confirm(new DeviceRef(user.appKey(), user.userId(), device), at))
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(kept).thenApply(all -> new Handed(!devices.isEmpty(), confirmed));
    }

    /** Who is connected and not silent is alive. */
    @Override
    public CompletableFuture<Set<String>> alive(String appKey, Collection<String> userIds, long since) {
        return CompletableFuture.completedFuture(sessions.values().stream()
                .filter(session -> session.info.appKey().equals(appKey) && userIds.contains(session.info.userId()))
                .filter(session -> !silent.contains(session.info.deviceId()))
                .map(session -> session.info.userId())
                .collect(Collectors.toSet()));
    }

    /** This device takes messages and does not confirm them. */
    public void silence(String deviceId) {
        silent.add(deviceId);
    }

    @Override
    public boolean end(String appKey, String userId, String sessionId, CloseCode code) {
        Session session = sessions.get(sessionId);
        if (session == null
                || !session.info.appKey().equals(appKey)
                || !session.info.userId().equals(userId)) {
            return false;
        }
        ended.put(sessionId, code);
        disconnect(session.info);
        return true;
    }

    /** With which code a session was ended; null if it was not. */
    public CloseCode endOf(SessionInfo info) {
        return ended.get(info.sessionId());
    }

    private static void note(Session session, String messageUid) {
        if (!session.received.contains(messageUid)) {
            session.received.add(messageUid);
        }
    }
}
