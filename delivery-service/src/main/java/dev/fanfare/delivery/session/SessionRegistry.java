package dev.fanfare.delivery.session;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.delivery.access.AccessListener;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.protocol.ServerReply;
import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.BroadcastListener;
import dev.fanfare.delivery.window.BroadcastWindow;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds sessions: by user, for personal messages, and by event loop, for broadcasts. Work on sessions is always handed to
 * their event loop.
 */
@ApplicationScoped
public class SessionRegistry implements LocalSessions, BroadcastListener, AccessListener {

    private final SessionConfig config;
    private final BroadcastWindow window;
    private final SessionMetrics metrics;
    private final Map<UserKey, List<Session>> byUser = new ConcurrentHashMap<>();
    private final Map<EventLoop, LoopSessions> loops = new ConcurrentHashMap<>();

    public SessionRegistry(SessionConfig config, BroadcastWindow window, MeterRegistry registry) {
        this.config = config;
        this.window = window;
        this.metrics = new SessionMetrics(registry);
        registry.gauge(SessionMetrics.SESSIONS, this, SessionRegistry::size);
        Gauge.builder(SessionMetrics.QUEUED, this, SessionRegistry::queuedBytes)
                .baseUnit("bytes")
                .register(registry);
    }

    /** From now on personal messages reach the session. Lists are replaced, never changed: readers take no lock. */
    void add(Session session) {
        byUser.merge(userOf(session), List.of(session), (present, added) -> {
            List<Session> both = new ArrayList<>(present);
            both.addAll(added);
            return List.copyOf(both);
        });
    }

    /** From now on broadcasts reach the session. On its event loop. */
    void join(Session session) {
        loopOf(session).add(session);
        metrics.opened();
    }

    /**
     * The opposite of {@link #join}.
     *
     * @param code null where the client left, or its connection broke off
     */
    void leave(Session session, CloseCode code) {
        loopOf(session).remove(session);
        metrics.closed(code);
    }

    /** The opposite of {@link #add}. */
    void remove(Session session) {
        byUser.computeIfPresent(userOf(session), (user, present) -> {
            List<Session> rest =
                    present.stream().filter(other -> other != session).toList();
            return rest.isEmpty() ? null : rest;
        });
    }

    private static UserKey userOf(Session session) {
        return new UserKey(session.info().appKey(), session.info().userId());
    }

    /** See {@link SessionHost#awaitPong}; on the session's event loop. */
    void awaitPong(Session session, int ping, Duration timeout) {
        loopOf(session).awaitPong(session, ping, timeout);
    }

    /** See {@link SessionHost#cutSoon}; on the session's event loop. */
    void cutSoon(Session session) {
        loopOf(session).cutSoon(session);
    }

    private List<Session> sessionsOf(String appKey, String userId) {
        return byUser.getOrDefault(new UserKey(appKey, userId), List.of());
    }

    private LoopSessions loopOf(Session session) {
        return loops.computeIfAbsent(
                session.link().eventLoop(), loop -> new LoopSessions(loop, window, config, metrics));
    }

    @Override
    public void onBroadcast(String appKey) {
        loops.values().forEach(sessions -> sessions.news(appKey));
    }

    @Override
    public long servedUpTo(String appKey) {
        long slowest = Long.MAX_VALUE;
        for (LoopSessions sessions : loops.values()) {
            slowest = Math.min(slowest, sessions.servedUpTo(appKey));
        }
        return slowest;
    }

    @Override
    public Uni<Set<String>> deliver(String appKey, List<String> userIds, ClientMessage message) {
        Map<EventLoop, List<Session>> targets =
                byLoop(userIds.stream().flatMap(userId -> sessionsOf(appKey, userId).stream()));
        if (targets.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        byte[] data = message.forClients();
        List<CompletableFuture<Set<String>>> reached = new ArrayList<>();
        targets.forEach((loop, sessions) ->
                reached.add(CompletableFuture.supplyAsync(() -> deliver(sessions, message.messageUID(), data), loop)));
        return Uni.createFrom()
                .completionStage(CompletableFuture.allOf(reached.toArray(CompletableFuture[]::new)))
                .map(ignored -> union(reached));
    }

    /** On the event loop of these sessions. Devices of one user share a frame: they stand side by side. */
    private static Set<String> deliver(List<Session> sessions, String messageUid, byte[] data) {
        Set<String> reached = new HashSet<>();
        SharedFrames frames = null;
        String framesOf = null;
        for (Session session : sessions) {
            String userId = session.info().userId();
            if (!userId.equals(framesOf)) {
                if (frames != null) {
                    frames.release();
                }
                frames = new SharedFrames(new ServerReply.Published(
                        Session.personalChannel(userId), new ServerReply.Publication(0, data)));
                framesOf = userId;
            }
            if (session.deliver(messageUid, frames)) {
                reached.add(userId);
            }
        }
        if (frames != null) {
            frames.release();
        }
        return reached;
    }

    @Override
    public CompletableFuture<Handed> hand(UserKey user, InboxPosition at, ClientMessage message) {
        List<Session> sessions = byUser.getOrDefault(user, List.of());
        if (sessions.isEmpty()) {
            return CompletableFuture.completedFuture(Handed.NOBODY);
        }
        byte[] data = message.forClients();
        Handover handover = new Handover(sessions.size());
        byLoop(sessions.stream())
                .forEach((loop, some) -> loop.execute(() -> {
                    SharedFrames frames = new SharedFrames(new ServerReply.Published(
                            Session.personalChannel(user.userId()), new ServerReply.Publication(at.offset(), data)));
                    some.forEach(session -> session.take(at, message.messageUID(), frames, handover));
                    frames.release();
                }));
        return handover.handed();
    }

    @Override
    public CompletableFuture<Set<String>> alive(String appKey, Collection<String> userIds, long since) {
        List<Session> sessions = userIds.stream()
                .flatMap(userId -> sessionsOf(appKey, userId).stream())
                .toList();
        SignsOfLife signs = new SignsOfLife(sessions.stream()
                .collect(Collectors.toMap(session -> session.info().userId(), session -> 1, Integer::sum)));
        byLoop(sessions.stream())
                .forEach((loop, some) -> loop.execute(
                        () -> some.forEach(session -> session.heartbeat().showLife(since, signs))));
        return signs.alive();
    }

    private static Map<EventLoop, List<Session>> byLoop(Stream<Session> sessions) {
        return sessions.collect(Collectors.groupingBy(session -> session.link().eventLoop()));
    }

    private static Set<String> union(List<CompletableFuture<Set<String>>> parts) {
        Set<String> all = new HashSet<>();
        parts.forEach(part -> all.addAll(part.join()));
        return all;
    }

    @Override
    public boolean end(String appKey, String userId, String sessionId, CloseCode code) {
        for (Session session : sessionsOf(appKey, userId)) {
            if (session.info().sessionId().equals(sessionId)) {
                session.link().eventLoop().execute(() -> session.close(code));
                return true;
            }
        }
        return false;
    }

    @Override
    public void onAccessChanged(String appKey, String userId) {
        sessionsOf(appKey, userId).forEach(session -> session.link().eventLoop().execute(session::judgeAgain));
    }

    /**
     * To how many sessions each broadcast was written, live or in a connect reply, since this was asked last. A session
     * that joins later adds one. Whoever asks must ask now and then, for what was told is remembered until then.
     */
    public Uni<Map<Broadcast, Integer>> takeTally() {
        return Uni.createFrom().deferred(() -> {
            List<CompletableFuture<Map<Broadcast, Integer>>> parts = loops.values().stream()
                    .map(sessions -> CompletableFuture.supplyAsync(sessions::takeTally, sessions.loop()))
                    .toList();
            return Uni.createFrom()
                    .completionStage(CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new)))
                    .map(ignored -> sum(parts));
        });
    }

    private static Map<Broadcast, Integer> sum(List<CompletableFuture<Map<Broadcast, Integer>>> parts) {
        Map<Broadcast, Integer> all = new IdentityHashMap<>();
        parts.forEach(part -> part.join().forEach((broadcast, told) -> all.merge(broadcast, told, Integer::sum)));
        return all;
    }

    /** Read from other threads, hence not exact. */
    private double queuedBytes() {
        long bytes = 0;
        for (List<Session> sessions : byUser.values()) {
            for (Session session : sessions) {
                bytes += session.link().pendingBytes();
            }
        }
        return bytes;
    }

    /** Live sessions. */
    public int size() {
        return loops.values().stream().mapToInt(LoopSessions::size).sum();
    }

    /**
     * Ends so many sessions, or all there are, in equal parts of the event loops; each on its loop, and as soon as its
     * client has confirmed the messages of its inbox that it was told.
     */
    public void close(int atMost, CloseCode code) {
        int total = size();
        loops.values().forEach(sessions -> {
            int share = (int) (((long) atMost * sessions.size() + total - 1) / Math.max(1, total));
            sessions.loop().execute(() -> sessions.close(share, code));
        });
    }
}
