package dev.fanfare.delivery.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A flood of one app does not keep another app's broadcast waiting. */
class FanOutFairnessTest {

    private static final int FLOODED_SESSIONS = 3_000;
    private static final int LARGE = Integer.MAX_VALUE;

    private final ModelClock clock = new ModelClock();
    private final ModelLog log = new ModelLog("topic");
    private final ModelNode node = new ModelNode(Setup.ONE_LOOP, log, new ModelInbox(Setup.INBOXES), clock);
    private final ManualLoop loop = node.loop(0);
    private int published;

    @Test
    void aSingleBroadcastWaitsForABoundedNumberOfTurns() {
        // Given: a run of the flood, which needs three turns, has begun
        connect("flooded", FLOODED_SESSIONS);
        List<PipeLink> others = connect("other", 5);
        publish("flooded");
        loop.runNext();

        // When
        publish("other");
        int turns = 0;
        while (others.stream().anyMatch(link -> link.take(1).length == 0)) {
            publish("flooded");
            assertThat(loop.runNext()).as("nobody is served any more").isTrue();
            turns++;
        }

        // Then: the turn that was due, the news, another turn of the flood, news again, and then the other app's
        assertThat(turns).isLessThanOrEqualTo(5);
    }

    @Test
    void everyAppHasItsTurnAfterOneOfEachOther() {
        // Given
        int apps = 20;
        List<PipeLink> links = new ArrayList<>();
        for (int app = 0; app < apps; app++) {
            links.addAll(connect("app" + app, 2));
        }

        // When: all are flooded, so that after every turn there are news to take
        for (int turn = 0; turn < 2 * apps; turn++) {
            for (int app = 0; app < apps; app++) {
                publish("app" + app);
            }
            loop.runNext();
        }

        // Then
        assertThat(links.stream().filter(link -> link.take(1).length == 0)).isEmpty();
    }

    private void publish(String app) {
        log.publish(clock.millis(), app, "U" + published++, 0);
        node.follow(1, true, false);
    }

    /** Live sessions whose connect reply was read. */
    private List<PipeLink> connect(String app, int count) {
        List<PipeLink> links = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PipeLink link = new PipeLink(loop, Wire.WEBSOCKET_PROTOBUF, LARGE, LARGE);
            Session session = node.host().open(link);
            link.serve(session);
            session.onFrame(ClientFormat.PROTOBUF.connect(app + "/u" + i + "/d", true, Map.of()));
            links.add(link);
        }
        node.runAll();
        assertThat(links).allMatch(link -> link.take(LARGE).length > 0);
        return links;
    }
}
