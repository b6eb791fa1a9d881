package dev.fanfare.delivery.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.BroadcastWindow;
import dev.fanfare.delivery.window.StreamPosition;
import dev.fanfare.delivery.window.WindowFeed;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sessions that could not take what was told to the others get the bytes of the others, and nobody keeps those for long. */
class LeftBehindTest {

    private static final String APP = "app";
    private static final String TOPIC = "topic";
    private static final int LARGE = Integer.MAX_VALUE;

    private final ModelClock clock = new ModelClock();
    private final BroadcastWindow window = new BroadcastWindow(WindowFeed.bounds(LARGE), clock);
    private final WindowFeed feed = new WindowFeed(window);
    private final SessionConfig config = ModelHost.config(
            SessionConfig.class,
            Map.of("fanfare.session.max-reply-bytes", "1", "fanfare.session.presence-timeout", "1h"));
    private final SessionRegistry registry = new SessionRegistry(config, window, new CompositeMeterRegistry());
    private final ModelHost host =
            new ModelHost(new ModelInbox(Setup.INBOXES), window, registry, new NoPresence(), config, clock);
    private final ManualLoop loop = new ManualLoop();
    private final List<Client> clients = new ArrayList<>();
    private long offset;

    LeftBehindTest() {
        feed.begin(TOPIC, 0);
    }

    @AfterEach
    void nobodyLeavesBytes() {
        clients.forEach(client -> client.session().onClosed());
        registry.onBroadcast(APP);
        runAll();
        clients.forEach(client -> client.link().letGo());
        assertThat(clients)
                .allSatisfy(client -> assertThat(client.link().shared).allMatch(bytes -> bytes.refCnt() == 0));
    }

    @Test
    void getTheSameBytes() throws Exception {
        // Given
        Client other = join(Wire.WEBSOCKET_JSON);
        Client behind = join(Wire.WEBSOCKET_JSON);
        behind.link().setWritable(false);
        tell(3);

        // When
        behind.becomeWritable();

        // Then
        assertThat(behind.link().shared).hasSize(3).isEqualTo(other.link().shared);
        assertThat(behind.told()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void getTheBytesOfARunThatIsUnderWay() throws Exception {
        // Given: two of three were served, one of them not
        Client last = join(Wire.WEBSOCKET_JSON);
        Client behind = join(Wire.WEBSOCKET_JSON);
        Client first = join(Wire.WEBSOCKET_JSON);
        behind.link().setWritable(false);
        append(1);
        behind.session().fanOut().advance(2);

        // When
        behind.becomeWritable();

        // Then
        assertThat(behind.link().shared).hasSize(1).isEqualTo(first.link().shared);
        registry.onBroadcast(APP);
        runAll();
        for (Client client : List.of(first, behind, last)) {
            assertThat(client.told()).containsExactly(1L);
        }
    }

    @Test
    void ofOneWireShareBytesThatNobodyWasToldBefore() throws Exception {
        // Given
        Client other = join(Wire.WEBSOCKET_JSON);
        List<Client> behind = List.of(join(Wire.WEBSOCKET_PROTOBUF), join(Wire.WEBSOCKET_PROTOBUF));
        behind.forEach(client -> client.link().setWritable(false));
        tell(2);

        // When
        behind.forEach(Client::becomeWritable);

        // Then
        assertThat(behind.get(0).link().shared)
                .hasSize(2)
                .isEqualTo(behind.get(1).link().shared)
                .doesNotContainAnyElementsOf(other.link().shared);
        assertThat(behind.get(0).told()).containsExactly(1L, 2L);
        assertThat(other.told()).containsExactly(1L, 2L);
    }

    @Test
    void fromTheMiddleOfARunGetItsRestAndShareWhatFollows() throws Exception {
        // Given: a run of three broadcasts and one of a single one
        Client other = join(Wire.WEBSOCKET_JSON);
        Client behind = join(Wire.WEBSOCKET_JSON);
        behind.link().setWritable(false);
        append(3);
        registry.onBroadcast(APP);
        runAll();
        tell(1);

        // When: the connect reply has the second broadcast
        Client late = join(Wire.WEBSOCKET_JSON, new StreamPosition(TOPIC + ".0", 1));

        // Then
        assertThat(late.told()).containsExactly(2L, 3L, 4L);
        assertThat(late.link().shared).containsExactly(other.link().shared.get(1));
    }

    @Test
    void fromBeforeARunGetItThoughNothingStandsBetween() throws Exception {
        // Given: records of other apps, and then a broadcast
        for (int i = 0; i < 3; i++) {
            feed.skip(++offset);
        }
        Client other = join(Wire.WEBSOCKET_JSON);
        Client behind = join(Wire.WEBSOCKET_JSON);
        behind.link().setWritable(false);
        tell(1);

        // When: its connect reply has no room for a broadcast
        Client late = join(Wire.WEBSOCKET_JSON, new StreamPosition(TOPIC + ".0", 1));

        // Then
        assertThat(late.told()).containsExactly(offset);
        assertThat(late.link().shared).isEqualTo(other.link().shared);
    }

    @Test
    void whoAreTooFarBehindReadByThemselvesAndShareTheRest() throws Exception {
        // Given
        Client other = join(Wire.WEBSOCKET_JSON);
        Client behind = join(Wire.WEBSOCKET_JSON);
        behind.link().setWritable(false);
        int gone = 3;
        tell(ToldRuns.MAX_RUNS + gone);

        // When
        behind.becomeWritable();
        runAll();

        // Then
        List<ByteBuf> of = other.link().shared;
        assertThat(behind.link().shared).endsWith(of.subList(gone, of.size()).toArray(ByteBuf[]::new));
        assertThat(behind.link().shared).doesNotContainAnyElementsOf(of.subList(0, gone));
        assertThat(behind.told()).isEqualTo(upTo(offset));
        other.link().letGo();
        assertThat(of.subList(0, gone)).allMatch(bytes -> bytes.refCnt() == 0);
    }

    @Test
    void areHeldNoMoreThanAMegabyteFor() throws Exception {
        // Given
        Client other = join(Wire.WEBSOCKET_JSON);
        join(Wire.WEBSOCKET_JSON).link().setWritable(false);

        // When: two and a bit of these
        for (int i = 0; i < 3; i++) {
            append(1, "x".repeat(400_000));
            registry.onBroadcast(APP);
            runAll();
        }

        // Then
        other.link().letGo();
        assertThat(other.link().shared).extracting(ByteBuf::refCnt).containsExactly(0, 1, 1);
    }

    @Test
    void areNotThereAndNothingIsKept() throws Exception {
        // Given
        Client other = join(Wire.WEBSOCKET_JSON);
        join(Wire.WEBSOCKET_PROTOBUF);

        // When
        tell(2);

        // Then
        other.link().letGo();
        assertThat(other.link().shared).hasSize(2).allMatch(bytes -> bytes.refCnt() == 0);
    }

    @Test
    void whoDoNotAskAreNotKeptFor() throws Exception {
        // Given
        Client other = join(Wire.WEBSOCKET_JSON);
        Client behind = join(Wire.WEBSOCKET_JSON);
        behind.link().setWritable(false);
        tell(2);
        other.link().letGo();
        assertThat(other.link().shared).allMatch(bytes -> bytes.refCnt() == 1);

        // When
        loop.fireTimer();

        // Then
        assertThat(other.link().shared).allMatch(bytes -> bytes.refCnt() == 0);
        behind.becomeWritable();
        assertThat(behind.told()).containsExactly(1L, 2L);
    }

    @Test
    void whoAskAreKeptForUntilTheyHaveAll() throws Exception {
        // Given: it takes one of three runs
        Client other = join(Wire.WEBSOCKET_JSON);
        Client behind = join(Wire.WEBSOCKET_JSON);
        behind.link().setWritable(false);
        tell(3);
        behind.link().takesOnly(1);
        behind.becomeWritable();

        // When
        loop.fireTimer();
        behind.becomeWritable();

        // Then
        assertThat(behind.link().shared).isEqualTo(other.link().shared);
        loop.fireTimer();
        loop.fireTimer();
        other.link().letGo();
        behind.link().letGo();
        assertThat(other.link().shared).allMatch(bytes -> bytes.refCnt() == 0);
    }

    @Test
    void haveTheBytesThatTheySendWhenNobodyKeepsThemAnyMore() throws Exception {
        // Given: what was handed over has not left yet
        Client other = join(Wire.WEBSOCKET_JSON);
        Client behind = join(Wire.WEBSOCKET_JSON);
        behind.link().setWritable(false);
        tell(2);
        behind.becomeWritable();

        // When
        loop.fireTimer();
        loop.fireTimer();
        other.link().letGo();

        // Then
        assertThat(behind.told()).containsExactly(1L, 2L);
        behind.link().letGo();
        assertThat(behind.link().shared).hasSize(2).allMatch(bytes -> bytes.refCnt() == 0);
    }

    @Test
    void takeTheRunsWithThemWhenTheyAreTheLastToGo() throws Exception {
        // Given
        Client other = join(Wire.WEBSOCKET_JSON);
        Client behind = join(Wire.WEBSOCKET_JSON);
        behind.link().setWritable(false);
        tell(2);
        other.session().onClosed();
        other.link().letGo();

        // When: it is gone in the middle of being told
        behind.link().onShared(behind.session()::onClosed);
        behind.becomeWritable();

        // Then
        behind.link().letGo();
        assertThat(other.link().shared).hasSize(2).allMatch(bytes -> bytes.refCnt() == 0);
        assertThat(behind.link().shared).containsExactly(other.link().shared.get(0));
    }

    @Test
    void leaveNoRunToNobody() throws Exception {
        // Given: a run was told to one of three, and one was left behind
        Client waiting = join(Wire.WEBSOCKET_JSON);
        Client behind = join(Wire.WEBSOCKET_JSON);
        Client told = join(Wire.WEBSOCKET_JSON);
        behind.link().setWritable(false);
        append(1);
        AppFanOut fanOut = told.session().fanOut();
        fanOut.advance(2);
        append(1);

        // When
        List.of(waiting, behind, told).forEach(client -> client.session().onClosed());
        fanOut.advance(1);

        // Then
        told.link().letGo();
        assertThat(told.link().shared).hasSize(1).allMatch(bytes -> bytes.refCnt() == 0);
        assertThat(fanOut.advance(1)).isFalse();
    }

    @Test
    void doNotLeaveToLatecomersWhatHasBeenTakenBack() throws Exception {
        // Given: a run of three, of which one is taken back before anybody is told so
        join(Wire.WEBSOCKET_JSON);
        join(Wire.WEBSOCKET_JSON).link().setWritable(false);
        append(3);
        registry.onBroadcast(APP);
        runAll();
        append(InApp.WINDOW, "U2");

        // When
        Client late = join(Wire.WEBSOCKET_JSON, new StreamPosition(TOPIC + ".0", 1));

        // Then
        assertThat(late.told()).containsExactly(3L, 4L);
    }

    @Test
    void doNotLeaveToLatecomersWhatWasForThoseWhoWereThere() throws Exception {
        // Given: a run of three, and one that is under way
        Client other = join(Wire.WEBSOCKET_JSON);
        Client behind = join(Wire.WEBSOCKET_JSON);
        behind.link().setWritable(false);
        append(1);
        append(InApp.LIVE, null);
        append(1);
        registry.onBroadcast(APP);
        runAll();
        append(InApp.LIVE, null);
        append(1);
        other.session().fanOut().advance(1);

        // When
        Client late = join(Wire.WEBSOCKET_JSON, new StreamPosition(TOPIC + ".0", 1));
        behind.becomeWritable();
        registry.onBroadcast(APP);
        runAll();

        // Then: without an offset, to those who were there
        assertThat(late.told()).containsExactly(3L, 5L);
        assertThat(other.told()).containsExactly(1L, 0L, 3L, 0L, 5L);
        assertThat(behind.told()).containsExactly(1L, 0L, 3L, 0L, 5L);
    }

    @Test
    void goTheirOwnWayUntilTheyHaveWhatWasHeld() throws Exception {
        // Given: more than one turn takes, which nobody was told yet
        Client other = join(Wire.WEBSOCKET_JSON);
        append(20, "x".repeat(40_000));
        Client late = begin(Wire.WEBSOCKET_JSON, new StreamPosition(TOPIC + ".0", 0));
        while (!late.session().isLive()) {
            loop.runNext();
        }

        // When: the others' turn comes in between
        other.session().fanOut().advance(2);
        registry.onBroadcast(APP);
        runAll();

        // Then
        assertThat(late.told()).isEqualTo(upTo(20));
        assertThat(other.told()).isEqualTo(upTo(20));
    }

    private void append(InApp inApp, String recalls) {
        String uid = "U" + ++offset;
        byte[] data = ("{\"messageUID\":\"" + uid + "\"}").getBytes(StandardCharsets.US_ASCII);
        feed.append(new Broadcast(APP, offset, clock.millis(), uid, data, inApp, recalls));
    }

    /** So many runs of one broadcast each. */
    private void tell(int runs) {
        for (int i = 0; i < runs; i++) {
            append(1);
            registry.onBroadcast(APP);
            runAll();
        }
    }

    private void append(int broadcasts) {
        for (int i = 0; i < broadcasts; i++) {
            append(1, "");
        }
    }

    private void append(int broadcasts, String text) {
        for (int i = 0; i < broadcasts; i++) {
            String uid = "U" + ++offset;
            byte[] data = ("{\"messageUID\":\"" + uid + "\",\"content\":\"" + text + "\"}")
                    .getBytes(StandardCharsets.US_ASCII);
            feed.append(new Broadcast(APP, offset, clock.millis(), uid, data));
        }
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private Client join(Wire wire) {
        return join(wire, null);
    }

    private Client join(Wire wire, StreamPosition known) {
        Client client = begin(wire, known);
        runAll();
        return client;
    }

    private Client begin(Wire wire, StreamPosition known) {
        HeldLink link = new HeldLink(loop, wire);
        Session session = host.open(link);
        Client client =
                new Client(link, session, wire == Wire.WEBSOCKET_JSON ? ClientFormat.JSON : ClientFormat.PROTOBUF);
        clients.add(client);
        session.onFrame(client.format()
                .connect(APP + "/user/device", true, known == null ? Map.of() : Map.of(JoinPlan.CHANNEL, known)));
        return client;
    }

    private void runAll() {
        while (loop.runNext()) {
            // Until nothing is left to do.
        }
    }

    private record Client(HeldLink link, Session session, ClientFormat format) {

        void becomeWritable() {
            link.setWritable(true);
            session.onWritable();
        }

        /** The offsets of all broadcasts that went to the client, in order. */
        List<Long> told() throws IOException {
            List<Long> offsets = new ArrayList<>();
            for (Told told : new FrameReader(format).read(link.bytes())) {
                if (told instanceof Told.Connected connected) {
                    connected.broadcasts().publications().forEach(publication -> offsets.add(publication.offset()));
                } else if (told instanceof Told.Publication publication) {
                    offsets.add(publication.offset());
                }
            }
            return offsets;
        }
    }

    /** A connection whose socket takes nothing yet: it holds all that it is given, and for shared bytes a reference. */
    private static final class HeldLink implements Link {

        private final EventLoop loop;
        private final Wire wire;
        private final List<ByteBuf> held = new ArrayList<>();
        /** In the order in which they came. */
        private final List<ByteBuf> shared = new ArrayList<>();

        private Runnable onShared = () -> {};
        private boolean writable = true;
        private int takes = LARGE;

        HeldLink(EventLoop loop, Wire wire) {
            this.loop = loop;
            this.wire = wire;
        }

        void setWritable(boolean can) {
            writable = can;
        }

        /** After so many shared writes it is full; and then it takes all. */
        void takesOnly(int writes) {
            takes = writes;
        }

        /** Runs in the middle of the next shared write. */
        void onShared(Runnable action) {
            onShared = action;
        }

        byte[] bytes() {
            ByteBuf all = Unpooled.buffer();
            held.forEach(bytes -> all.writeBytes(bytes.duplicate()));
            return ByteBufUtil.getBytes(all);
        }

        /** All has left. */
        void letGo() {
            held.forEach(ByteBuf::release);
            held.clear();
        }

        @Override
        public EventLoop eventLoop() {
            return loop;
        }

        @Override
        public Wire wire() {
            return wire;
        }

        @Override
        public void write(ByteBuf frame) {
            held.add(frame);
        }

        @Override
        public void flush() {}

        @Override
        public void writeShared(ByteBuf bytes) {
            shared.add(bytes);
            onShared.run();
            held.add(bytes.retainedSlice());
            if (--takes == 0) {
                writable = false;
            }
        }

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public long pendingBytes() {
            return 0;
        }

        @Override
        public boolean isAllTaken() {
            return false;
        }

        @Override
        public void close(CloseCode code) {
            writable = false;
        }
    }

    /** Nobody waits for presence. */
    private static final class NoPresence implements SessionLifecycle {

        @Override
        public Uni<Void> opened(SessionInfo session) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public void closed(SessionInfo session) {}

        @Override
        public CompletableFuture<Void> acknowledged(SessionInfo session, List<String> messageUids) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
