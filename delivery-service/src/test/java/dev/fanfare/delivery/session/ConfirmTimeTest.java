package dev.fanfare.delivery.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.app.AppSettings;
import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.user.UserKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Apps whose sessions live on the same event loop each have their own time to confirm a message; here it is usually 2 s. */
class ConfirmTimeTest {

    private static final int LARGE = 1_000_000;
    private static final Setup SETUP =
            new Setup(LARGE, LARGE, LARGE, LARGE, 1, true, "J", true, new Setup.Inboxes("N", false, false, 2));

    private final ModelInbox inbox = new ModelInbox(SETUP.inboxes());
    private final ModelNode node = new ModelNode(SETUP, new ModelLog("topic"), inbox, new ModelClock());
    private final Map<String, PipeLink> links = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<Handed>> handed = new LinkedHashMap<>();

    @Test
    void anAppHasItsOwnTime() {
        // Given: the one with the longest time is asked first
        node.host().apps().learn(new AppSettings("patient", 1, null, null, 7_000L, null));
        node.host().apps().learn(new AppSettings("hasty", 1, null, null, 1_000L, null));
        node.host().apps().learn(new AppSettings("silent", 1, null, null, null, null));
        for (String app : new String[] {"patient", "silent", "unknown", "hasty"}) {
            askForConfirmation(app);
        }

        // When, Then: the second in which a ping is sent is not counted
        assertThat(cutAfter(1)).isEmpty();
        assertThat(cutAfter(1)).containsExactly("hasty");
        assertThat(cutAfter(1)).containsExactly("silent", "unknown");
        assertThat(cutAfter(4)).isEmpty();
        assertThat(cutAfter(1)).containsExactly("patient");
        assertThat(handed.values())
                .allSatisfy(one -> assertThat(one.join().confirmed()).isEmpty());
    }

    @Test
    void aChangeHoldsForTheNextMessage() {
        // Given
        node.host().apps().learn(new AppSettings("app", 1, null, null, 7_000L, null));

        // When
        node.host().apps().learn(new AppSettings("app", 2, null, null, 1_000L, null));
        askForConfirmation("app");

        // Then
        assertThat(cutAfter(2)).containsExactly("app");
    }

    private void askForConfirmation(String app) {
        UserKey tom = new UserKey(app, "tom");
        PipeLink link = new PipeLink(node.loop(0), Wire.WEBSOCKET_JSON, LARGE, LARGE);
        Session session = node.host().open(link);
        link.serve(session);
        links.put(app, link);
        session.onFrame(ClientFormat.JSON.connect(app + "/tom/d", true, Map.of()));
        answerAll();
        ModelInbox.Entry entry = inbox.store(tom, "M-" + app, 0);
        handed.put(app, node.registry().hand(tom, entry.position(), entry.message()));
        answerAll();
    }

    /** Whose sessions are cut within so many seconds. */
    private List<String> cutAfter(int seconds) {
        var before = cut();
        for (int i = 0; i < seconds; i++) {
            node.loop(0).fireTimer();
            answerAll();
        }
        return cut().stream().filter(app -> !before.contains(app)).toList();
    }

    private List<String> cut() {
        return links.entrySet().stream()
                .filter(link -> link.getValue().closeCode() == CloseCode.NO_PONG)
                .map(Map.Entry::getKey)
                .toList();
    }

    private void answerAll() {
        boolean busy = true;
        while (busy) {
            busy = node.runAll();
            busy |= inbox.answer(LARGE);
        }
    }
}
