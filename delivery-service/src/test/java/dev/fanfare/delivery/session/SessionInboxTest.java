package dev.fanfare.delivery.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.delivery.window.StreamPosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What {@link RecoveryPropertyTest} cannot see, for it comes right in the end: when things happen, and what is reported. */
class SessionInboxTest {

    private static final int LARGE = 1_000_000;
    private static final UserKey TOM = new UserKey("app", "tom");
    private static final Setup SETUP =
            new Setup(LARGE, LARGE, LARGE, LARGE, 1, true, "J", true, new Setup.Inboxes("N", false, false, 2));

    private final ModelInbox inbox = new ModelInbox(SETUP.inboxes());
    private final ModelNode node = new ModelNode(SETUP, new ModelLog("topic"), inbox, new ModelClock());
    private final PipeLink link = new PipeLink(node.loop(0), Wire.WEBSOCKET_JSON, LARGE, LARGE);
    private final Session session = node.host().open(link);
    private final List<String> delivered = new ArrayList<>();
    /** Messages that were delivered when a position was kept. */
    private final List<Integer> deliveredWhenKept = new ArrayList<>();

    SessionInboxTest() {
        link.serve(session);
        node.host().tell(new ModelHost.Keeper() {
            @Override
            public void delivered(SessionInfo device, List<String> messageUids) {
                delivered.addAll(messageUids);
            }

            @Override
            public void confirm(SessionInfo device, InboxPosition position) {
                deliveredWhenKept.add(delivered.size());
            }
        });
    }

    @Test
    void aClientIsAskedAtOnceWhetherItHasAMessage() throws IOException {
        // Given
        connect();

        // When
        hand(inbox.store(TOM, "M2", 0));
        answerAll();

        // Then
        assertThat(told()).containsExactly("M2", "ping");
    }

    @Test
    void pagesDoNotWaitForTheClientsAnswers() throws IOException {
        // Given: the connect reply takes one page
        for (int i = 1; i <= 7; i++) {
            inbox.store(TOM, "M" + i, 0);
        }

        // When
        connect();

        // Then
        assertThat(told()).containsExactly("ping", "M3", "M4", "M5", "M6", "M7");
    }

    @Test
    void aMessageIsReportedByItsRecordOrByItsReadingNotByBoth() throws IOException {
        // Given: the second record is lost on its way, and the third finds its way to the session
        connect();
        inbox.store(TOM, "M2", 0);
        CompletableFuture<Handed> handed = hand(inbox.store(TOM, "M3", 0));
        answerAll();

        // When
        pong();
        pong();

        // Then
        assertThat(handed.join().confirmed()).containsExactly("app/tom/d");
        assertThat(delivered).containsExactly("M1", "M2");
    }

    @Test
    void whatTheClientHasAndNobodyWroteDownIsReportedWhenItConfirms() throws IOException {
        // Given: the session that told these messages ended before its client could confirm them
        inbox.store(TOM, "M1", 0);
        InboxPosition second = inbox.store(TOM, "M2", 0).position();
        inbox.store(TOM, "M3", 0);
        session.onFrame(ClientFormat.JSON.connect(
                "app/tom/d", true, Map.of("#tom", new StreamPosition(second.epochText(), second.offset()))));
        answerAll();

        // When
        pong();

        // Then
        assertThat(delivered).containsExactly("M1", "M2", "M3");
    }

    @Test
    void whatWasReadIsReportedBeforeThePositionIsKept() throws IOException {
        // When: the connect reply tells one message, and the client confirms it
        connect();

        // Then
        assertThat(delivered).containsExactly("M1");
        assertThat(deliveredWhenKept).containsExactly(1);
    }

    @Test
    void anAcknowledgementIsOfAMessageAndThoseBefore() {
        // Given
        connect();
        CompletableFuture<Handed> second = hand(inbox.store(TOM, "M2", 0));
        CompletableFuture<Handed> third = hand(inbox.store(TOM, "M3", 0));
        answerAll();

        // When
        session.inbox().onAcknowledged(List.of("M2", "no message"));
        answerAll();

        // Then
        assertThat(second).isCompleted();
        assertThat(third).isNotDone();
    }

    @Test
    void aMessageThatWasNotToldCannotBeAcknowledged() {
        // Given: PostgreSQL does not answer, and the record before was lost
        connect();
        inbox.store(TOM, "M2", 0);
        CompletableFuture<Handed> third = hand(inbox.store(TOM, "M3", 0));
        node.runAll();

        // When
        session.inbox().onAcknowledged(List.of("M3"));
        answerAll();

        // Then
        assertThat(third).isNotDone();
    }

    @Test
    void aMessageCountsAsConfirmedWhenThatIsKept() {
        // Given
        connect();
        CompletableFuture<Handed> handed = hand(inbox.store(TOM, "M2", 0));
        node.runAll();

        // When
        session.inbox().onAcknowledged(List.of("M2"));

        // Then
        assertThat(handed).isNotDone();
        answerAll();
        assertThat(handed.join().confirmed()).containsExactly("app/tom/d");
    }

    /** The inbox has a message: {@code M1}, which the connect reply tells. */
    private void connect() {
        if (inbox.inbox(TOM) == null) {
            inbox.store(TOM, "M1", 0);
        }
        session.onFrame(ClientFormat.JSON.connect("app/tom/d", true, Map.of()));
        answerAll();
        if (inbox.entries().size() == 1) {
            pong();
            link.take(LARGE);
        }
    }

    private void pong() {
        session.onFrame(ClientFormat.JSON.pong());
        answerAll();
    }

    private CompletableFuture<Handed> hand(ModelInbox.Entry entry) {
        return node.registry().hand(TOM, entry.position(), entry.message());
    }

    private void answerAll() {
        boolean busy = true;
        while (busy) {
            busy = node.runAll();
            busy |= inbox.answer(LARGE);
        }
    }

    /** What the client was told after its connect reply. */
    private List<String> told() throws IOException {
        List<String> words = new ArrayList<>();
        for (Told told : new FrameReader(ClientFormat.JSON).read(link.take(LARGE))) {
            if (told instanceof Told.Publication publication) {
                words.add(publication.messageUid());
            } else if (told instanceof Told.Ping) {
                words.add("ping");
            }
        }
        return words;
    }
}
