package dev.fanfare.delivery.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.window.StreamPosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is counted of broadcasts is what devices are told: slow ones, late ones, and those that come back. */
class TallyTest {

    private static final String APP = "app";
    /** Small, so that runs, pieces of the window and connect replies all happen. */
    private static final Setup SETUP = new Setup(Integer.MAX_VALUE, 300, 200, 400, 2, true, "JP", false, Setup.INBOXES);

    private static final int STEPS = 400;
    private static final int MAX_CLIENTS = 12;

    private final ModelLog log = new ModelLog("topic");
    private final ModelClock clock = new ModelClock();
    private final ModelNode node = new ModelNode(SETUP, log, new ModelInbox(Setup.INBOXES), clock);
    private final List<Client> clients = new ArrayList<>();
    private final Map<String, Integer> heard = new HashMap<>();
    private final Map<String, Integer> counted = new HashMap<>();
    private int published;

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @Test
    void aLateSessionAddsOne() throws Exception {
        // Given
        join(null);
        join(null);
        join(null);
        publish(0);
        node.runAll();
        take();
        node.runAll();
        assertThat(counted).isEqualTo(Map.of("U1", 3));

        // When
        join(null);
        node.runAll();

        // Then
        take();
        node.runAll();
        assertThat(counted).isEqualTo(Map.of("U1", 4));
    }

    @Test
    void whatWasTakenIsCountedAnew() {
        // Given
        join(null);
        publish(0);
        node.runAll();
        take();
        node.runAll();

        // When
        take();
        node.runAll();

        // Then
        assertThat(counted).isEqualTo(Map.of("U1", 1));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSumIsWhatDevicesWereTold(long seed) throws Exception {
        // Given
        Random random = new Random(seed);
        join(null);

        // When
        for (int i = 0; i < STEPS; i++) {
            step(random);
        }
        tellTheRest();

        // Then
        assertThat(heard).hasSizeGreaterThan(STEPS / 10);
        assertThat(counted).isEqualTo(heard);
    }

    private void step(Random random) throws IOException {
        switch (random.nextInt(6)) {
            case 0 -> {
                if (clients.size() < MAX_CLIENTS) {
                    join(random.nextBoolean() ? null : random.nextLong(log.nextOffset() + 1));
                }
            }
            case 1 -> publish(random.nextInt(150));
            case 2 -> node.loop(random.nextInt(2)).runNext();
            case 3 -> clients.get(random.nextInt(clients.size())).read(random.nextInt(500));
            case 4 -> take();
            default -> clients.get(random.nextInt(clients.size())).tickOfItsApp();
        }
    }

    private void tellTheRest() throws IOException {
        for (Client client : clients) {
            client.link.widen();
            client.link.eventLoop().execute(client.link::onRoom);
        }
        node.runAll();
        take();
        node.runAll();
        for (Client client : clients) {
            client.read(Integer.MAX_VALUE);
        }
    }

    private void take() {
        node.registry()
                .takeTally()
                .subscribe()
                .with(tally -> tally.forEach(
                        (broadcast, sessions) -> counted.merge(broadcast.messageUid(), sessions, Integer::sum)));
    }

    private void publish(int padding) {
        log.publish(clock.millis(), APP, "U" + ++published, padding);
        node.follow(Integer.MAX_VALUE, true, true);
    }

    /** @param from where it comes back from; null: it is new */
    private void join(Long from) {
        ClientFormat format = SETUP.format(clients.size());
        PipeLink link = new PipeLink(node.nextLoop(), format.wire(), SETUP.pipeBytes(), SETUP.highWater());
        Session session = node.host().open(link);
        link.serve(session);
        byte[] connect = format.connect(
                APP + "/user/d" + clients.size(),
                true,
                from == null ? Map.of() : Map.of(JoinPlan.CHANNEL, new StreamPosition(log.epoch(), from)));
        link.eventLoop().execute(() -> session.onFrame(connect));
        clients.add(new Client(link, session, new FrameReader(format)));
    }

    private final class Client {
        private final PipeLink link;
        private final Session session;
        private final FrameReader frames;

        Client(PipeLink link, Session session, FrameReader frames) {
            this.link = link;
            this.session = session;
            this.frames = frames;
        }

        void read(int atMost) throws IOException {
            for (Told told : frames.read(link.take(atMost))) {
                if (told instanceof Told.Connected connected) {
                    connected.broadcasts().publications().forEach(this::hear);
                } else if (told instanceof Told.Publication publication) {
                    hear(publication);
                }
            }
            link.eventLoop().execute(link::onRoom);
        }

        private void hear(Told.Publication publication) {
            heard.merge(publication.messageUid(), 1, Integer::sum);
        }

        /** Runs that nobody asked for are given up. */
        void tickOfItsApp() {
            if (session.isLive()) {
                session.fanOut().tick();
            }
        }
    }
}
