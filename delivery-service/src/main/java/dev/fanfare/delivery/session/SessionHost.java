package dev.fanfare.delivery.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.access.ConnectAccess;
import dev.fanfare.delivery.access.Verdict;
import dev.fanfare.delivery.node.NodeIdentity;
import dev.fanfare.delivery.protocol.ClientCommand;
import dev.fanfare.delivery.protocol.ErrorCode;
import dev.fanfare.delivery.protocol.ServerReply;
import dev.fanfare.delivery.window.BroadcastStream;
import dev.fanfare.delivery.window.BroadcastWindow;
import dev.fanfare.delivery.window.CatchUp;
import dev.fanfare.delivery.window.StreamPosition;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * What the sessions of this node share and ask: who a client is, what it missed, who wants to know of it. It is where the
 * session's event loop meets the reactive world.
 */
@ApplicationScoped
public class SessionHost {

    private static final Logger LOGGER = Logger.getLogger(SessionHost.class);
    private static final int MAX_ACKNOWLEDGED = 100;
    private static final byte[] OK = "{\"ok\":1}".getBytes(StandardCharsets.US_ASCII);

    private final ConnectAccess access;
    private final BroadcastWindow window;
    private final SessionRegistry registry;
    private final OneWaySessions oneWay;
    private final SessionLifecycle lifecycle;
    private final SessionConfig config;
    private final Clock clock = Clock.systemUTC();
    private final String node;
    private final AtomicLong sessions = new AtomicLong();

    public SessionHost(
            ConnectAccess access,
            BroadcastStream stream,
            SessionRegistry registry,
            OneWaySessions oneWay,
            SessionLifecycle lifecycle,
            SessionConfig config,
            NodeIdentity identity) {
        this.access = access;
        this.window = stream.window();
        this.registry = registry;
        this.oneWay = oneWay;
        this.lifecycle = lifecycle;
        this.config = config;
        this.node = identity.id();
    }

    /** A connection that has not said anything yet. */
    public Session open(Link link) {
        return new Session(this, link);
    }

    /** This node's name, for clients that must name it. */
    public String node() {
        return node;
    }

    SessionConfig config() {
        return config;
    }

    Instant now() {
        return clock.instant();
    }

    Verdict judge(String token) {
        return access.judge(token);
    }

    SessionInfo identify(Verdict.Valid valid, byte[] connectData) {
        String sessionId = node + "-" + Long.toString(sessions.incrementAndGet(), Character.MAX_RADIX);
        String deviceId = DeviceId.in(connectData).orElse(sessionId);
        return new SessionInfo(sessionId, valid.appKey(), valid.userId(), deviceId, clock.millis());
    }

    CatchUp catchUp(String appKey, StreamPosition known) {
        return window.catchUp(appKey, known);
    }

    void register(Session session) {
        registry.add(session);
    }

    void joined(Session session) {
        registry.join(session);
    }

    void left(Session session) {
        registry.leave(session);
    }

    String registerOneWay(Session session) {
        return oneWay.add(session);
    }

    /** @param oneWayKey null for a session that has none */
    void unregister(Session session, String oneWayKey) {
        if (oneWayKey != null) {
            oneWay.remove(oneWayKey);
        }
        registry.remove(session);
        lifecycle.closed(session.info());
    }

    /** Tells presence, and goes on when it knows, or after a while without it: a client is not kept out by Redis. */
    void announce(SessionInfo session, Runnable then) {
        Uni.createFrom()
                .deferred(() -> lifecycle.opened(session))
                .ifNoItem()
                .after(config.presenceTimeout())
                .fail()
                .onFailure()
                .invoke(e -> LOGGER.warnf("presence was not told: sessionId=%s: %s", session.sessionId(), e))
                .onFailure()
                .recoverWithNull()
                .subscribe()
                .with(ignored -> then.run());
    }

    /** Methods that a client may call. */
    ServerReply call(SessionInfo session, ClientCommand.Rpc rpc) {
        if (!"ack".equals(rpc.method())) {
            return new ServerReply.Failed(rpc.id(), ErrorCode.METHOD_NOT_FOUND);
        }
        List<String> uids = messageUids(rpc.data());
        if (uids.isEmpty()) {
            return new ServerReply.Failed(rpc.id(), ErrorCode.BAD_REQUEST);
        }
        lifecycle.acknowledged(session, uids);
        return new ServerReply.RpcResult(rpc.id(), OK);
    }

    private static List<String> messageUids(byte[] data) {
        List<String> uids = new ArrayList<>();
        try {
            for (JsonNode uid : Json.mapper().readTree(data).path("uids")) {
                if (!uid.isTextual() || uids.size() == MAX_ACKNOWLEDGED) {
                    return List.of();
                }
                uids.add(uid.asText());
            }
        } catch (IOException e) {
            return List.of();
        }
        return uids;
    }
}
