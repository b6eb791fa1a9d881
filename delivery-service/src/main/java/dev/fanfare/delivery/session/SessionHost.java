package dev.fanfare.delivery.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.app.AppSettings;
import dev.fanfare.contracts.token.Token04;
import dev.fanfare.delivery.access.ConnectAccess;
import dev.fanfare.delivery.access.Standing;
import dev.fanfare.delivery.access.Verdict;
import dev.fanfare.delivery.app.KnownApps;
import dev.fanfare.delivery.device.DeviceRef;
import dev.fanfare.delivery.inbox.Confirmations;
import dev.fanfare.delivery.inbox.InboxMessage;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.inbox.InboxReader;
import dev.fanfare.delivery.inbox.InboxState;
import dev.fanfare.delivery.node.NodeIdentity;
import dev.fanfare.delivery.position.DevicePositions;
import dev.fanfare.delivery.protocol.ClientCommand;
import dev.fanfare.delivery.protocol.ClientCommand.Position;
import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.protocol.ErrorCode;
import dev.fanfare.delivery.protocol.ServerReply;
import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.delivery.window.BroadcastWindow;
import dev.fanfare.delivery.window.CatchUp;
import dev.fanfare.delivery.window.StreamPosition;
import dev.fanfare.runtime.log.RareWarning;
import io.netty.channel.EventLoop;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * What the sessions of this node share and ask: who a client is, what it missed, who wants to know of it. It is where the
 * session's event loop meets the reactive world.
 */
@ApplicationScoped
public class SessionHost {

    private static final Logger LOGGER = Logger.getLogger(SessionHost.class);
    private static final RareWarning PRESENCE_UNTOLD = new RareWarning(LOGGER, "presence was not told of a session");
    private static final RareWarning INBOX_UNREAD = new RareWarning(LOGGER, "an inbox could not be read");
    private static final int MAX_ACKNOWLEDGED = 100;
    private static final int READ_ON_BYTES = 128 * 1024;
    /** Of what a device has had already, and is not told again. */
    private static final int HAD_BYTES = 512 * 1024;

    private static final Duration READ_AGAIN = Duration.ofSeconds(2);
    private static final byte[] OK = "{\"ok\":1}".getBytes(StandardCharsets.US_ASCII);

    private final ConnectAccess access;
    private final KnownApps apps;
    private final BroadcastWindow window;
    private final SessionRegistry registry;
    private final OneWaySessions oneWay;
    private final SessionLifecycle lifecycle;
    private final DevicePositions positions;
    private final InboxReader inboxes;
    private final Confirmations confirmations;
    private final ClientCalls calls;
    private final SessionConfig config;
    private final Clock clock = Clock.systemUTC();
    private final String node;
    private final AtomicLong sessions = new AtomicLong();

    public SessionHost(
            ConnectAccess access,
            KnownApps apps,
            BroadcastWindow window,
            SessionRegistry registry,
            OneWaySessions oneWay,
            SessionLifecycle lifecycle,
            DevicePositions positions,
            InboxReader inboxes,
            Confirmations confirmations,
            ClientCalls calls,
            SessionConfig config,
            NodeIdentity identity) {
        this.access = access;
        this.apps = apps;
        this.window = window;
        this.registry = registry;
        this.oneWay = oneWay;
        this.lifecycle = lifecycle;
        this.positions = positions;
        this.inboxes = inboxes;
        this.confirmations = confirmations;
        this.calls = calls;
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

    Verdict judge(ClientCommand.Connect connect) {
        // What a token of ours needs not is not looked for before somebody has shown one.
        Optional<String> zimAppId = Token04.isOne(connect.token()) ? ZimAppId.in(connect.data()) : Optional.empty();
        return access.judge(connect.token(), zimAppId);
    }

    Verdict judge(ClientCommand.Refresh refresh, SessionInfo session) {
        return access.judge(refresh.token(), apps.of(session.appKey()).map(AppSettings::zimAppId));
    }

    Standing standing(SessionInfo session, long tokenIssuedAtMillis) {
        return access.standing(session.appKey(), session.userId(), tokenIssuedAtMillis);
    }

    SessionInfo identify(Verdict.Valid valid, byte[] connectData) {
        String sessionId = node + "-" + Long.toString(sessions.incrementAndGet(), Character.MAX_RADIX);
        String deviceId = DeviceId.in(connectData).orElse(sessionId);
        return new SessionInfo(sessionId, valid.appKey(), valid.userId(), deviceId, clock.millis());
    }

    /**
     * @param asked where the client says it was; null if it does not
     * @param kept where its device was as far as is known here
     */
    CatchUp catchUp(String appKey, StreamPosition asked, Optional<StreamPosition> kept) {
        // The other half is for the inbox.
        return window.catchUp(appKey, asked, kept.orElse(null), config.maxReplyBytes() / 2);
    }

    /** The device has all up to here, should it come back without a memory of its own. */
    void keepPosition(SessionInfo session, StreamPosition position) {
        // A client may have claimed to be further than anybody: believing that would hide broadcasts from the device.
        if (session.namedItsDevice() && position.offset() <= window.end(session.appKey())) {
            positions.save(session.appKey(), session.userId(), session.deviceId(), position);
        }
    }

    void register(Session session) {
        registry.add(session);
    }

    void joined(Session session) {
        registry.join(session);
    }

    /** @param code null where the client left, or its connection broke off */
    void left(Session session, CloseCode code) {
        registry.leave(session, code);
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

    /**
     * Tells presence of a session, and asks where its device was if the client does not say so itself, and what waits in
     * the inbox; goes on when all have answered, or after a while without them: a client is not kept out by Redis or
     * PostgreSQL.
     *
     * @param inboxPosition where the client says it was in its inbox; null if it does not
     */
    Uni<Welcome> welcome(SessionInfo session, boolean knowsItsPosition, Position inboxPosition) {
        // In this order: whoever stores a message and does not find the session in presence has stored it before this
        // looks.
        return announceAndLocate(session, knowsItsPosition)
                .flatMap(kept -> openInbox(session, inboxPosition).map(inbox -> new Welcome(kept, inbox)));
    }

    private Uni<InboxOpening> openInbox(SessionInfo session, Position asked) {
        return inboxState(session)
                .flatMap(state -> {
                    InboxOpening.Start start = InboxOpening.start(asked, state);
                    Uni<List<InboxMessage>> page =
                            start.position().offset() < state.end().offset()
                                    ? inboxAfter(session, start.position(), config.maxReplyBytes() / 2)
                                    : Uni.createFrom().item(List.of());
                    return page.map(messages -> InboxOpening.found(asked, start, messages, state.end()))
                            .flatMap(opening -> withHad(session, opening, start));
                })
                .onFailure()
                .invoke(INBOX_UNREAD::say)
                .onFailure()
                .recoverWithItem(() -> InboxOpening.unknown(asked));
    }

    /** So that it is told of these, too, that they are delivered. */
    private Uni<InboxOpening> withHad(SessionInfo session, InboxOpening opening, InboxOpening.Start start) {
        InboxPosition kept = new InboxPosition(start.position().epoch(), start.kept());
        return start.isAheadOfKept()
                ? inboxAfter(session, kept, HAD_BYTES).map(behind -> opening.withHad(behind, start))
                : Uni.createFrom().item(opening);
    }

    /** Asks once more what {@link #openInbox} could not find out. */
    void lookIntoInbox(Session session) {
        tellInbox(session, inboxState(session.info()), session.inbox()::onState);
    }

    /** Reads on. */
    void readInbox(Session session, InboxPosition after) {
        tellInbox(session, inboxAfter(session.info(), after, READ_ON_BYTES), page -> session.inbox()
                .onRead(page));
    }

    private <T> void tellInbox(Session session, Uni<T> question, Consumer<T> answer) {
        EventLoop loop = session.link().eventLoop();
        question.emitOn(loop).subscribe().with(answer, e -> {
            LOGGER.debugf(
                    "an inbox could not be read: sessionId=%s: %s",
                    session.info().sessionId(), e);
            loop.schedule(session.inbox()::onReadFailed, READ_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    /** The device has all of its inbox up to there. Completes when that is kept. */
    CompletableFuture<Boolean> keepConfirmed(SessionInfo session, InboxPosition position) {
        return confirmations.confirm(device(session), position);
    }

    /** The client has these messages, which it did not get from a mailbox. Completes when that is told, or cannot be. */
    CompletableFuture<Void> delivered(SessionInfo session, List<String> messageUids) {
        return lifecycle.acknowledged(session, messageUids);
    }

    /** {@link Session#cut} is called when those before it have been cut. */
    void cutSoon(Session session) {
        registry.cutSoon(session);
    }

    /** The session ends if the answer to that ping is not there in time. */
    void awaitPong(Session session, int ping) {
        registry.awaitPong(session, ping, confirmTimeout(session.info().appKey()));
    }

    /** The app's own, or else this service's. */
    private Duration confirmTimeout(String appKey) {
        return apps.of(appKey)
                .map(AppSettings::confirmTimeoutMillis)
                .map(Duration::ofMillis)
                .orElseGet(config::confirmTimeout);
    }

    Uni<InboxState> inboxState(SessionInfo session) {
        return inboxes.state(device(session));
    }

    Uni<List<InboxMessage>> inboxAfter(SessionInfo session, InboxPosition position, int bytes) {
        return inboxes.after(new UserKey(session.appKey(), session.userId()), position, bytes);
    }

    /** Clients that do not say which device they are share one position in their user's inbox. */
    private static DeviceRef device(SessionInfo session) {
        return new DeviceRef(session.appKey(), session.userId(), session.namedItsDevice() ? session.deviceId() : "");
    }

    private Uni<Optional<StreamPosition>> announceAndLocate(SessionInfo session, boolean knowsItsPosition) {
        Uni<Void> announced = Uni.createFrom()
                .deferred(() -> lifecycle.opened(session))
                .ifNoItem()
                .after(config.presenceTimeout())
                .fail()
                .onFailure()
                .invoke(PRESENCE_UNTOLD::say)
                .onFailure()
                .recoverWithNull();
        if (knowsItsPosition || !session.namedItsDevice()) {
            return announced.replaceWith(Optional::empty);
        }
        Uni<Optional<StreamPosition>> kept =
                positions.load(session.appKey(), session.userId(), session.deviceId(), config.presenceTimeout());
        return Uni.combine().all().unis(announced, kept).with((ignored, position) -> position);
    }

    /** Methods that a client may call; does not fail, and what takes a while is answered on the event loop. */
    Uni<ServerReply> call(Session session, ClientCommand.Rpc rpc) {
        if ("ack".equals(rpc.method())) {
            return Uni.createFrom().item(acknowledge(session, rpc));
        }
        return Uni.createFrom()
                .deferred(() -> calls.call(session.info(), rpc.method(), rpc.data()))
                .map(outcome -> reply(rpc, outcome))
                .onFailure()
                .recoverWithItem(e -> {
                    LOGGER.warnf(
                            "%s failed: sessionId=%s: %s",
                            rpc.method(), session.info().sessionId(), e);
                    return new ServerReply.Failed(rpc.id(), ErrorCode.INTERNAL);
                })
                .emitOn(task -> runOn(session.link().eventLoop(), task));
    }

    /** What is answered at once keeps its place among the replies. */
    private static void runOn(EventLoop eventLoop, Runnable task) {
        if (eventLoop.inEventLoop()) {
            task.run();
        } else {
            eventLoop.execute(task);
        }
    }

    private static ServerReply reply(ClientCommand.Rpc rpc, ClientCalls.Outcome outcome) {
        if (outcome instanceof ClientCalls.Outcome.Refused refused) {
            return new ServerReply.Failed(rpc.id(), ErrorCode.BAD_REQUEST, refused.text());
        }
        if (outcome instanceof ClientCalls.Outcome.TooMany) {
            return new ServerReply.Failed(rpc.id(), ErrorCode.TOO_MANY_REQUESTS);
        }
        return outcome instanceof ClientCalls.Outcome.Unknown
                ? new ServerReply.Failed(rpc.id(), ErrorCode.METHOD_NOT_FOUND)
                : new ServerReply.RpcResult(rpc.id(), OK);
    }

    private ServerReply acknowledge(Session session, ClientCommand.Rpc rpc) {
        List<String> uids = messageUids(rpc.data());
        if (uids.isEmpty()) {
            return new ServerReply.Failed(rpc.id(), ErrorCode.BAD_REQUEST);
        }
        session.inbox().onAcknowledged(uids);
        lifecycle.acknowledged(session.info(), uids);
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
