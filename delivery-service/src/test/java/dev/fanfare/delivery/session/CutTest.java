package dev.fanfare.delivery.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.protocol.CloseCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** One broadcast finds out all sessions that do not read; they are cut a few at a time. */
class CutTest {

    private static final int SESSIONS = 20;
    private static final int A_TURN = 8;
    private static final int LARGE = Integer.MAX_VALUE;
    private static final int PIPE = 500;

    private final ModelClock clock = new ModelClock();
    private final ModelLog log = new ModelLog("topic");
    private final ModelNode node = new ModelNode(Setup.ONE_LOOP, log, new ModelInbox(Setup.INBOXES), clock);
    private final ManualLoop loop = node.loop(0);
    private final List<PipeLink> links = new ArrayList<>();
    private int published;

    @Test
    void whoDoNotReadGoAFewAtATime() {
        // Given
        fillPipes();

        // When
        stallForTooLong();

        // Then
        assertThat(cut()).hasSize(A_TURN);
        nextTurn();
        assertThat(cut()).hasSize(2 * A_TURN);
        nextTurn();
        assertThat(cut()).hasSize(SESSIONS);
    }

    @Test
    void whoReadsOnBeforeItsTurnStays() {
        // Given
        fillPipes();
        stallForTooLong();
        List<PipeLink> left = new ArrayList<>(links);
        left.removeAll(cut());

        // When
        PipeLink reader = left.get(left.size() - 1);
        reader.widen();
        reader.onRoom();
        nextTurn();
        nextTurn();

        // Then
        assertThat(cut()).hasSize(SESSIONS - 1).doesNotContain(reader);
    }

    private List<PipeLink> cut() {
        return links.stream().filter(link -> link.closeCode() == CloseCode.SLOW).toList();
    }

    private void fillPipes() {
        for (int i = 0; i < SESSIONS; i++) {
            PipeLink link = new PipeLink(loop, Wire.WEBSOCKET_PROTOBUF, PIPE, 1);
            Session session = node.host().open(link);
            link.serve(session);
            session.onFrame(ClientFormat.PROTOBUF.connect("app/u" + i + "/d", true, Map.of()));
            links.add(link);
        }
        node.runAll();
        while (links.stream().anyMatch(PipeLink::isWritable)) {
            publish();
        }
    }

    private void stallForTooLong() {
        publish();
        clock.advance(Duration.ofSeconds(7));
        publish();
    }

    private void nextTurn() {
        loop.fireTimer();
        node.runAll();
    }

    private void publish() {
        log.publish(clock.millis(), "app", "U" + published++, 0);
        node.follow(1, true, false);
        node.runAll();
    }
}
