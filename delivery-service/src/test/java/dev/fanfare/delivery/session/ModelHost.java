package dev.fanfare.delivery.session;

import dev.fanfare.delivery.access.ConnectAccess;
import dev.fanfare.delivery.access.Standing;
import dev.fanfare.delivery.access.TokensConfig;
import dev.fanfare.delivery.access.Verdict;
import dev.fanfare.delivery.app.KnownApps;
import dev.fanfare.delivery.inbox.InboxMessage;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.inbox.InboxState;
import dev.fanfare.delivery.node.NodeIdentity;
import dev.fanfare.delivery.protocol.ClientCommand.Position;
import dev.fanfare.delivery.window.BroadcastWindow;
import dev.fanfare.delivery.window.CatchUp;
import dev.fanfare.delivery.window.StreamPosition;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Vetoed;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** The real host with a clock that moves when told to, whose joins and kept positions are seen by the test. */
@Vetoed
final class ModelHost extends SessionHost {

    private static final String KEY = "0123456789abcdef0123456789abcdef";
    private static final Instant EXPIRES = Instant.parse("2100-01-01T00:00:00Z");
    private static final TokensConfig TOKENS =
            config(TokensConfig.class, Map.of("fanfare.tokens.active", "k1", "fanfare.tokens.keys.k1", KEY));

    private final KnownApps apps;
    private final Clock clock;
    private final Map<String, AtJoin> atJoin = new HashMap<>();
    private Function<String, AtJoin> oracle = app -> null;
    private final Map<String, Optional<StreamPosition>> keptAtJoin = new HashMap<>();
    private final BroadcastWindow window;
    private final ModelInbox inbox;
    private Keeper keeper = new Keeper() {};
    private Runnable afterCatchUp = () -> {};
    private Runnable afterJoined = () -> {};
    private AtJoin now;

    /** Is told what the server believes of devices. */
    interface Keeper {
        /** The device has all broadcasts up to there. */
        default void keep(SessionInfo session, StreamPosition position) {}

        /** Where the device was in the broadcasts. */
        default Optional<StreamPosition> kept(SessionInfo session) {
            return Optional.empty();
        }

        /** The device has all of its inbox up to there. */
        default void confirm(SessionInfo session, InboxPosition position) {}

        /** The device has these messages of its inbox. */
        default void delivered(SessionInfo session, List<String> messageUids) {}
    }

    ModelHost(
            ModelInbox inbox,
            BroadcastWindow window,
            SessionRegistry registry,
            SessionLifecycle lifecycle,
            SessionConfig config,
            Clock clock) {
        this(inbox, window, registry, lifecycle, config, clock, new KnownApps(null));
    }

    private ModelHost(
            ModelInbox inbox,
            BroadcastWindow window,
            SessionRegistry registry,
            SessionLifecycle lifecycle,
            SessionConfig config,
            Clock clock,
            KnownApps apps) {
        super(
                new Users(),
                apps,
                window,
                registry,
                new OneWaySessions(),
                lifecycle,
                null,
                null,
                null,
                null,
                config,
                new NodeIdentity());
        this.apps = apps;
        this.clock = clock;
        this.window = window;
        this.inbox = inbox;
    }

    /** A configuration of these values and the defaults. */
    static <T> T config(Class<T> mapping, Map<String, String> values) {
        SmallRyeConfigBuilder builder =
                new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(mapping);
        values.forEach(builder::withDefaultValue);
        SmallRyeConfig config = builder.build();
        return config.getConfigMapping(mapping);
    }

    /**
     * What a node should have when a session joins.
     *
     * @param lostUpTo the last that one who comes later may miss
     * @param end how far it has read
     */
    record AtJoin(List<ModelLog.Entry> held, long lostUpTo, long end) {}

    /** @param what an app's window should have by now */
    void compareWith(Function<String, AtJoin> what) {
        oracle = what;
    }

    void tell(Keeper listener) {
        keeper = listener;
    }

    /** The position from which the session began because its device had it once. */
    Optional<StreamPosition> keptAtJoin(String sessionId) {
        return keptAtJoin.getOrDefault(sessionId, Optional.empty());
    }

    KnownApps apps() {
        return apps;
    }

    ModelInbox inbox() {
        return inbox;
    }

    /** Runs between a join's catch-up and its registration. */
    void afterCatchUp(Runnable action) {
        afterCatchUp = action;
    }

    /** Runs between a join's registration and its reply. */
    void afterJoined(Runnable action) {
        afterJoined = action;
    }

    /** What the node should have had when this session joined. */
    AtJoin atJoin(String sessionId) {
        return atJoin.get(sessionId);
    }

    @Override
    Instant now() {
        return clock.instant();
    }

    @Override
    CatchUp catchUp(String appKey, StreamPosition asked, Optional<StreamPosition> kept) {
        now = oracle.apply(appKey);
        CatchUp catchUp = super.catchUp(appKey, asked, kept);
        afterCatchUp.run();
        return catchUp;
    }

    @Override
    void joined(Session session) {
        atJoin.put(session.info().sessionId(), now);
        super.joined(session);
        afterJoined.run();
    }

    @Override
    Uni<Welcome> welcome(SessionInfo session, boolean knowsItsPosition, Position inboxPosition) {
        return super.welcome(session, true, inboxPosition).map(welcome -> {
            inbox.asked(session.sessionId()).close();
            if (knowsItsPosition || !session.namedItsDevice()) {
                return welcome;
            }
            keptAtJoin.put(session.sessionId(), keeper.kept(session));
            return new Welcome(keeper.kept(session), welcome.inbox());
        });
    }

    @Override
    Uni<InboxState> inboxState(SessionInfo session) {
        return inbox.state(session);
    }

    @Override
    Uni<List<InboxMessage>> inboxAfter(SessionInfo session, InboxPosition position, int bytes) {
        return inbox.after(session, position, bytes);
    }

    @Override
    CompletableFuture<Boolean> keepConfirmed(SessionInfo session, InboxPosition position) {
        keeper.confirm(session, position);
        return inbox.confirm(session, position);
    }

    @Override
    CompletableFuture<Void> delivered(SessionInfo session, List<String> messageUids) {
        keeper.delivered(session, messageUids);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    void keepPosition(SessionInfo session, StreamPosition position) {
        if (session.namedItsDevice() && position.offset() <= window.end(session.appKey())) {
            keeper.keep(session, position);
        }
    }

    /** Everybody is who they say they are: {@code app/user/device}. */
    @Vetoed
    private static final class Users extends ConnectAccess {

        Users() {
            super(TOKENS, null, null);
        }

        @Override
        public Verdict judge(String token, Optional<String> zimAppId) {
            String[] parts = token.split("/");
            return new Verdict.Valid(parts[0], parts[1], 0, EXPIRES);
        }

        @Override
        public Standing standing(String appKey, String userId, long issuedAtMillis) {
            return Standing.GOOD;
        }
    }
}
