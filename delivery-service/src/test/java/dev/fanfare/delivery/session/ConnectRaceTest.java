package dev.fanfare.delivery.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.BroadcastWindow;
import dev.fanfare.delivery.window.StreamPosition;
import dev.fanfare.delivery.window.WindowFeed;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A broadcast comes while a client joins. Whatever the moment, the client is told of it once: in the connect reply, or
 * live and behind that.
 */
class ConnectRaceTest {

    private static final String APP = "app";
    private static final String TOPIC = "topic";
    private static final int WINDOW_BYTES = 20_000;
    /** Two do not fit into one piece of the window. */
    private static final int LONG_TEXT = 40_000;

    private static final int LARGE = Integer.MAX_VALUE;

    private final ModelClock clock = new ModelClock();
    private final BroadcastWindow window = new BroadcastWindow(WindowFeed.bounds(WINDOW_BYTES), clock);
    private final WindowFeed feed = new WindowFeed(window);
    private final SessionConfig config = ModelHost.config(SessionConfig.class, Map.of());
    private final SessionRegistry registry = new SessionRegistry(config, window, new CompositeMeterRegistry());
    private final ModelHost host =
            new ModelHost(new ModelInbox(Setup.INBOXES), window, registry, new NoPresence(), config, clock);
    private final ManualLoop loop = new ManualLoop();
    private long offset;

    ConnectRaceTest() {
        feed.begin(TOPIC, 0);
    }

    private record Client(PipeLink link, Session session) {}

    /** When the stream goes on, seen from the session. */
    enum Moment {
        AFTER_CATCH_UP,
        AFTER_REGISTRATION;

        void choose(ModelHost host, Runnable stream) {
            switch (this) {
                case AFTER_CATCH_UP -> host.afterCatchUp(stream);
                case AFTER_REGISTRATION -> host.afterJoined(stream);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFirstClientOfAnAppMissesNothing(Moment moment) throws Exception {
        // Given
        append();
        moment.choose(host, this::appendAndTell);

        // When
        Client client = join(null);

        // Then
        assertThat(told(client)).containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatJoinsOthersMissesNothing(Moment moment) throws Exception {
        // Given
        Client other = join(null);
        append();
        moment.choose(host, this::appendAndTell);

        // When
        Client client = join(null);

        // Then
        assertThat(told(client)).containsExactly(1L, 2L);
        assertThat(told(other)).containsExactly(1L, 2L);
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatRecoversMissesNothing(Moment moment) throws Exception {
        // Given
        append();
        append();
        moment.choose(host, this::appendAndTell);

        // When
        Client client = join(new StreamPosition(TOPIC + ".0", 1));

        // Then
        assertThat(told(client)).containsExactly(2L, 3L);
    }

    /** The window has it before anybody is told: a client that joins in between has it by its catch-up. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void newsThatAreOlderThanTheClientAreNotToldAgain(boolean first) throws Exception {
        // Given
        if (!first) {
            join(null);
        }
        append();

        // When
        Client client = join(null);
        registry.onBroadcast(APP);
        runAll();

        // Then
        assertThat(told(client)).containsExactly(1L);
    }

    @Test
    void aClientThatJoinsInTheMiddleOfARunMissesNothing() throws Exception {
        // Given: one of three was told
        List<Client> others = List.of(join(null), join(null), join(null));
        append();
        others.get(0).session().fanOut().advance(1);
        append();

        // When
        Client client = join(null);
        registry.onBroadcast(APP);
        runAll();

        // Then
        assertThat(told(client)).containsExactly(1L, 2L);
        for (Client other : others) {
            assertThat(told(other)).containsExactly(1L, 2L);
        }
    }

    @Test
    void whoIsLeftInTheMiddleOfARunMissesNothing() throws Exception {
        // Given: one of three was told
        List<Client> clients = List.of(join(null), join(null), join(null));
        append();
        clients.get(0).session().fanOut().advance(1);

        // When: the told one takes the place of one that was not
        clients.get(0).session().onClosed();
        append();
        registry.onBroadcast(APP);
        runAll();

        // Then
        assertThat(told(clients.get(1))).containsExactly(1L, 2L);
        assertThat(told(clients.get(2))).containsExactly(1L, 2L);
    }

    /** A client that is still on its way through the window, turn by turn, is not given what comes behind that. */
    @Test
    void aClientThatHasMuchToReadMissesNothing() throws Exception {
        // Given: the broadcasts are more than one turn's reading
        BroadcastWindow large = new BroadcastWindow(WindowFeed.bounds(LARGE), clock);
        WindowFeed largeFeed = new WindowFeed(large);
        largeFeed.begin(TOPIC, 0);
        SessionConfig shortReplies =
                ModelHost.config(SessionConfig.class, Map.of("fanfare.session.max-reply-bytes", "1"));
        SessionRegistry sessions = new SessionRegistry(shortReplies, large, new CompositeMeterRegistry());
        ModelHost largeHost =
                new ModelHost(new ModelInbox(Setup.INBOXES), large, sessions, new NoPresence(), shortReplies, clock);
        int broadcasts = 40;
        for (int i = 1; i <= broadcasts; i++) {
            largeFeed.append(broadcast(i, "x".repeat(LONG_TEXT)));
        }
        largeHost.afterJoined(() -> {
            largeFeed.append(broadcast(broadcasts + 1, ""));
            sessions.onBroadcast(APP);
        });

        // When
        PipeLink link = new PipeLink(loop, Wire.WEBSOCKET_JSON, LARGE, LARGE);
        Client client = new Client(link, largeHost.open(link));
        link.serve(client.session());
        connect(client, null);
        runAll();

        // Then
        assertThat(told(client))
                .isEqualTo(LongStream.rangeClosed(1, broadcasts + 1).boxed().toList());
    }

    /** Two threads, and no moment is chosen: the stream never rests while clients come and go. */
    @Test
    void clientsJoinAndLeaveWhileTheStreamNeverRests() throws Exception {
        // Given
        int clients = 1_000;
        EventLoop realLoop = new DefaultEventLoop();
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> stream = CompletableFuture.runAsync(() -> {
            while (!ended.get()) {
                if (window.end(APP) - registry.servedUpTo(APP) < 100) {
                    appendAndTell();
                } else {
                    Thread.yield();
                }
            }
        });

        // When: a few are there at a time; now and then nobody, and the next one is the app's first again
        List<Client> all = new ArrayList<>();
        Deque<Client> present = new ArrayDeque<>();
        for (int i = 0; i < clients; i++) {
            int stay = i % 4;
            Client next = client(realLoop);
            all.add(next);
            present.add(next);
            realLoop.submit(() -> connect(next, null)).get(10, TimeUnit.SECONDS);
            realLoop.submit(() -> {
                        while (present.size() > stay) {
                            present.remove().session().close(CloseCode.SHUTDOWN);
                        }
                    })
                    .get(10, TimeUnit.SECONDS);
        }
        ended.set(true);
        stream.get(10, TimeUnit.SECONDS);
        realLoop.submit(() -> {}).get(10, TimeUnit.SECONDS);
        realLoop.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();

        // Then: nobody has a hole or anything twice
        int messages = 0;
        for (Client client : all) {
            List<Long> told = told(client);
            messages += told.size();
            if (!told.isEmpty()) {
                assertThat(told)
                        .isEqualTo(LongStream.rangeClosed(told.get(0), told.get(told.size() - 1))
                                .boxed()
                                .toList());
            }
        }
        assertThat(messages).isGreaterThan(clients);
    }

    private void append() {
        offset++;
        feed.append(broadcast(offset, ""));
    }

    private Broadcast broadcast(long at, String text) {
        byte[] data =
                ("{\"messageUID\":\"U" + at + "\",\"content\":\"" + text + "\"}").getBytes(StandardCharsets.US_ASCII);
        return new Broadcast(APP, at, clock.millis(), "U" + at, data);
    }

    private void appendAndTell() {
        append();
        registry.onBroadcast(APP);
    }

    private Client join(StreamPosition known) {
        Client client = client(loop);
        connect(client, known);
        runAll();
        return client;
    }

    private Client client(EventLoop its) {
        PipeLink link = new PipeLink(its, Wire.WEBSOCKET_JSON, LARGE, LARGE);
        Session session = host.open(link);
        link.serve(session);
        return new Client(link, session);
    }

    private static void connect(Client client, StreamPosition known) {
        client.session()
                .onFrame(ClientFormat.JSON.connect(
                        APP + "/user/device", true, known == null ? Map.of() : Map.of("broadcast", known)));
    }

    private void runAll() {
        while (loop.runNext()) {
            // Until nothing is left to do.
        }
    }

    /** The offsets of all broadcasts that the client was told of, in order: in its connect reply, then live. */
    private static List<Long> told(Client client) throws IOException {
        FrameReader frames = new FrameReader(ClientFormat.JSON);
        List<Long> offsets = new ArrayList<>();
        boolean live = false;
        for (Told told : frames.read(client.link().take(LARGE))) {
            if (told instanceof Told.Connected connected) {
                live = true;
                connected.broadcasts().publications().forEach(publication -> offsets.add(publication.offset()));
            } else if (told instanceof Told.Publication publication) {
                assertThat(live).as("the connect reply comes first").isTrue();
                offsets.add(publication.offset());
            }
        }
        return offsets;
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
