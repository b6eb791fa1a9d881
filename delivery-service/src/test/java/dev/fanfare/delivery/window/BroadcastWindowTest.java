package dev.fanfare.delivery.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.delivery.InApp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BroadcastWindowTest {

    private static final String APP = "app";
    private static final int KIBIBYTE = 1024;
    private static final long ALL = Long.MAX_VALUE;

    private final MovableClock clock = new MovableClock();
    private final BroadcastWindow window = new BroadcastWindow(WindowFeed.bounds(10 * KIBIBYTE), clock);

    @BeforeEach
    void beginAt100() {
        window.begin("topic", new long[] {100}, appKey -> 0, KeptState.NOTHING);
    }

    @Test
    void aNewClientGetsTheWholeWindow() {
        // Given
        append(101, "A");
        append(102, "B");

        // When
        CatchUp catchUp = catchUp(null);

        // Then
        assertThat(catchUp.complete()).isTrue();
        assertThat(uids(catchUp)).containsExactly("A", "B");
        assertThat(catchUp.position()).isEqualTo(new StreamPosition("topic.0", 102));
    }

    @Test
    void aReturningClientGetsWhatItMissed() {
        // Given
        append(101, "A");
        append(103, "B");
        append(105, "C");

        // When
        CatchUp catchUp = catchUp(new StreamPosition("topic.0", 103));

        // Then
        assertThat(catchUp.complete()).isTrue();
        assertThat(uids(catchUp)).containsExactly("C");
    }

    @Test
    void aClientThatMissedWhatIsGoneIsToldSoAndGetsTheRest() {
        // Given
        append(101, "A");
        clock.advance(Duration.ofMinutes(11));
        append(102, "B");
        window.expire();

        // When
        CatchUp catchUp = catchUp(new StreamPosition("topic.0", 100));

        // Then
        assertThat(catchUp.complete()).isFalse();
        assertThat(catchUp.broadcasts()).isEmpty();
        assertThat(catchUp.position().offset()).isEqualTo(101);
        assertThat(uids(read(101))).containsExactly("B");
    }

    @Test
    void aClientThatHasWhatIsGoneIsComplete() {
        // Given
        append(101, "A");
        clock.advance(Duration.ofMinutes(11));
        append(102, "B");
        window.expire();

        // When
        CatchUp catchUp = catchUp(new StreamPosition("topic.0", 101));

        // Then
        assertThat(catchUp.complete()).isTrue();
        assertThat(uids(catchUp)).containsExactly("B");
    }

    @Test
    void aPositionFromBeforeTheFirstReadRecordIsIncomplete() {
        assertThat(catchUp(new StreamPosition("topic.0", 99)).complete()).isFalse();
        assertThat(catchUp(new StreamPosition("topic.0", 100)).complete()).isTrue();
    }

    @Test
    void anotherEpochMeansTheWholeWindowAndIncomplete() {
        // Given
        append(101, "A");

        // When
        CatchUp catchUp = catchUp(new StreamPosition("older.0", 5000));

        // Then
        assertThat(catchUp.complete()).isFalse();
        assertThat(catchUp.broadcasts()).isEmpty();
        assertThat(catchUp.position()).isEqualTo(new StreamPosition("topic.0", 100));
        assertThat(uids(read(100))).containsExactly("A");
    }

    @Test
    void aClientAheadOfThisNodeKeepsItsPosition() {
        // Given: another node has told it up to 110 already
        append(101, "A");

        // When
        CatchUp catchUp = catchUp(new StreamPosition("topic.0", 110));

        // Then
        assertThat(catchUp.complete()).isTrue();
        assertThat(catchUp.broadcasts()).isEmpty();
        assertThat(catchUp.position().offset()).isEqualTo(110);
    }

    @Test
    void aRepeatedRecordIsNotTold() {
        // Given
        append(101, "A");

        // When
        boolean told = window.append(0, broadcast(102, "A"));

        // Then
        assertThat(told).isFalse();
        assertThat(uids(catchUp(null))).containsExactly("A");
        assertThat(catchUp(null).position().offset()).isEqualTo(102);
    }

    @Test
    void aRepeatedRecordIsNotToldJustBecauseItsOriginalIsGone() {
        // Given: one left by its age, and others by the byte bound
        append(101, "A");
        clock.advance(Duration.ofMinutes(10).plusSeconds(30));
        window.expire();
        for (int i = 2; i <= 20; i++) {
            window.append(0, new Broadcast(APP, 100 + i, clock.millis(), "U" + i, new byte[KIBIBYTE]));
        }

        // Then
        assertThat(window.append(0, broadcast(121, "A"))).isFalse();
        assertThat(window.append(0, broadcast(122, "U2"))).isFalse();
    }

    @Test
    void nothingIsRememberedForEver() {
        // Given
        append(101, "A");
        clock.advance(Duration.ofMinutes(12));
        window.expire();

        // Then: a producer may use an id again some day
        append(102, "A");
    }

    @Test
    void theByteBoundDropsTheOldestAndSaysSo() {
        // Given: eleven messages of a KiB in a window of ten
        for (int i = 1; i <= 11; i++) {
            window.append(0, new Broadcast(APP, 100 + i, clock.millis(), "U" + i, new byte[KIBIBYTE]));
        }

        // When
        CatchUp catchUp = catchUp(new StreamPosition("topic.0", 100));

        // Then
        assertThat(catchUp.complete()).isFalse();
        assertThat(catchUp.position().offset()).isEqualTo(101);
        assertThat(read(101).broadcasts()).hasSize(10);
    }

    @Test
    void whatDoesNotFitIntoTheReplyIsReadFromWhereItEnds() {
        // Given
        append(101, "A");
        append(103, "B");
        append(105, "C");

        // When
        CatchUp catchUp = window.catchUp(APP, new StreamPosition("topic.0", 100), null, 2);

        // Then
        assertThat(catchUp.complete()).isTrue();
        assertThat(uids(catchUp)).containsExactly("A", "B");
        assertThat(catchUp.position().offset()).isEqualTo(103);
        assertThat(uids(read(103))).containsExactly("C");
    }

    @Test
    void aReplyThatHoldsEverythingEndsWhereTheStreamWasRead() {
        // Given: another app's broadcast is the last one of the stream
        append(101, "A");
        window.append(0, new Broadcast("other", 102, clock.millis(), "B", new byte[1]));

        // When
        CatchUp catchUp = catchUp(null);

        // Then
        assertThat(catchUp.position().offset()).isEqualTo(102);
    }

    @Test
    void aSliceIsBoundedByBytesAndByItsEnd() {
        // Given
        append(101, "A");
        append(103, "B");
        append(105, "C");

        // When
        Slice byBytes = window.read(APP, 100, ALL, 2, 0);
        Slice byBytesWithEnvelopes = window.read(APP, 100, ALL, 2 * (1 + KIBIBYTE), KIBIBYTE);
        Slice byEnd = window.read(APP, 100, 104, ALL, 0);

        // Then
        assertThat(byBytes.to()).isEqualTo(103);
        assertThat(byBytesWithEnvelopes.to()).isEqualTo(103);
        assertThat(byEnd.to()).isEqualTo(103);
        assertThat(uids(byEnd)).containsExactly("A", "B");
    }

    @Test
    void aSliceHoldsOneBroadcastHoweverLarge() {
        // Given
        append(101, "A");

        // When
        Slice slice = window.read(APP, 100, ALL, 0, 0);

        // Then
        assertThat(uids(slice)).containsExactly("A");
    }

    @Test
    void readingFromBeforeWhatIsHeldSaysThatSomethingIsLost() {
        // Given
        append(101, "A");
        append(102, "B");
        clock.advance(Duration.ofMinutes(11));
        append(103, "C");
        window.expire();

        // Then
        assertThat(window.read(APP, 101, ALL, ALL, 0).lost()).isTrue();
        assertThat(window.read(APP, 102, ALL, ALL, 0).lost()).isFalse();
    }

    @Test
    void theLogKeepsItsOrderAcrossManyAppendsAndDrops() {
        // Given: the ring wraps and grows
        for (int i = 1; i <= 1000; i++) {
            window.append(0, new Broadcast(APP, 100 + i, clock.millis(), "U" + i, new byte[KIBIBYTE / 4]));
        }

        // When
        Slice held = read(1060);

        // Then
        assertThat(held.broadcasts())
                .extracting(Broadcast::offset)
                .isEqualTo(LongStream.rangeClosed(1061, 1100).boxed().toList());
        assertThat(window.bytesAfter(APP, 1098)).isEqualTo(2 * KIBIBYTE / 4);
    }

    @Test
    void appsDoNotSeeEachOther() {
        // Given
        append(101, "A");
        window.append(0, new Broadcast("other", 102, clock.millis(), "B", new byte[1]));

        // When
        CatchUp catchUp = window.catchUp("other", null, null, ALL);

        // Then
        assertThat(uids(catchUp)).containsExactly("B");
    }

    @Test
    void whatIsForThoseWhoAreThereIsNothingToOthers() {
        // Given
        append(101, "A");
        append(102, "L", InApp.LIVE);
        append(103, "B");

        // When
        CatchUp catchUp = catchUp(new StreamPosition("topic.0", 100));
        CatchUp shortReply = window.catchUp(APP, null, null, 1);

        // Then: it is read by who was there, and by nobody else
        assertThat(uids(catchUp)).containsExactly("A", "B");
        assertThat(catchUp.position().offset()).isEqualTo(103);
        assertThat(uids(readHeld(shortReply))).containsExactly("B");
        assertThat(uids(read(100))).containsExactly("A", "L", "B");
    }

    @Test
    void whatWasForThoseWhoWereThereIsNotMissingToOthers() {
        // Given
        append(101, "A");
        append(102, "L", InApp.LIVE);
        clock.advance(Duration.ofMinutes(11));
        append(103, "B");

        // When
        CatchUp catchUp = catchUp(new StreamPosition("topic.0", 101));

        // Then: only who was there, and is that far behind, misses it
        assertThat(catchUp.complete()).isTrue();
        assertThat(uids(catchUp)).containsExactly("B");
        assertThat(window.read(APP, 101, ALL, ALL, 0).lost()).isTrue();
    }

    @Test
    void whatIsKeptOutlivesTheWindowAndIsToldInOrder() {
        // Given
        append(101, "K1", InApp.KEPT);
        append(102, "A");
        append(103, "K2", InApp.KEPT);
        append(104, "B");
        clock.advance(Duration.ofDays(6));
        append(105, "C");

        // When
        CatchUp ofANewClient = catchUp(null);
        CatchUp ofOneThatWasThere = catchUp(new StreamPosition("topic.0", 101));
        CatchUp ofOneThatHasAll = catchUp(new StreamPosition("topic.0", 104));

        // Then: who misses A and B is told so, and begins where it was
        assertThat(uids(ofANewClient)).containsExactly("K1", "K2", "C");
        assertThat(ofOneThatWasThere.complete()).isFalse();
        assertThat(ofOneThatWasThere.position().offset()).isEqualTo(101);
        assertThat(uids(readHeld(ofOneThatWasThere))).containsExactly("K2", "C");
        assertThat(ofOneThatHasAll.complete()).isTrue();
        assertThat(uids(ofOneThatHasAll)).containsExactly("C");
    }

    @Test
    void aDeviceThatIsKnownHereGetsWhatWasKeptSinceItWasThere() {
        // Given
        append(101, "K1", InApp.KEPT);
        append(102, "A");
        append(103, "K2", InApp.KEPT);
        clock.advance(Duration.ofDays(1));

        // When
        CatchUp catchUp = window.catchUp(APP, null, new StreamPosition("topic.0", 101), ALL);
        CatchUp ofAnotherEpoch = window.catchUp(APP, null, new StreamPosition("older.0", 101), ALL);

        // Then: nobody expects to hear of A
        assertThat(catchUp.complete()).isTrue();
        assertThat(uids(catchUp)).containsExactly("K2");
        assertThat(uids(ofAnotherEpoch)).containsExactly("K1", "K2");
    }

    @Test
    void whatIsKeptGoesAfterItsTime() {
        // Given
        append(101, "K", InApp.KEPT);

        // When
        clock.advance(Duration.ofDays(7).plusSeconds(1));

        // Then
        assertThat(uids(catchUp(null))).isEmpty();
        assertThat(catchUp(new StreamPosition("topic.0", 100)).complete()).isFalse();
    }

    @Test
    void ofTooManyThatAreKeptTheOldestGo() {
        // Given: bounds of two and of ten bytes
        BroadcastWindow small = new BroadcastWindow(
                new WindowBounds(Duration.ofMinutes(10), KIBIBYTE, Duration.ofDays(7), 2, 10), clock);
        small.begin("topic", new long[] {100}, appKey -> 0, KeptState.NOTHING);
        for (int i = 1; i <= 3; i++) {
            small.append(0, kept(100 + i, "K" + i, 1));
        }
        small.append(0, kept(104, "Large", 10));
        clock.advance(Duration.ofHours(1));

        // Then
        assertThat(uids(small.catchUp(APP, null, null, ALL))).containsExactly("Large");
        assertThat(small.catchUp(APP, new StreamPosition("topic.0", 102), null, ALL)
                        .complete())
                .isFalse();
        assertThat(small.catchUp(APP, new StreamPosition("topic.0", 103), null, ALL)
                        .complete())
                .isTrue();
    }

    @Test
    void whatWasKeptBeforeTheStreamComesFirst() {
        // Given: of another epoch, of this one, and one that the stream brings
        KeptState state = new KeptState(
                List.of(
                        new KeptBroadcast("older.0", kept(5000, "K0", 1)),
                        new KeptBroadcast("topic.0", kept(90, "K1", 1)),
                        new KeptBroadcast("topic.0", kept(101, "K2", 1))),
                Map.of(),
                Map.of());
        window.begin("topic", new long[] {100}, appKey -> 0, state);
        window.append(0, kept(101, "K2", 1));
        assertThat(window.append(0, kept(102, "K1", 1))).isFalse();

        // When
        CatchUp ofANewClient = catchUp(null);
        CatchUp ofOneThatWasThere = catchUp(new StreamPosition("topic.0", 80));

        // Then
        assertThat(uids(ofANewClient)).containsExactly("K0", "K1", "K2");
        assertThat(ofANewClient.broadcasts())
                .extracting(Broadcast::offsetForClients)
                .containsExactly(0L, 90L, 101L);
        assertThat(uids(readHeld(ofOneThatWasThere))).containsExactly("K1", "K2");
        assertThat(uids(catchUp(new StreamPosition("topic.0", 101)))).isEmpty();
    }

    @Test
    void aClientThatBreaksOffAmongThoseOfAnotherEpochBeginsAgain() {
        // Given
        KeptState state = new KeptState(
                List.of(new KeptBroadcast("older.0", kept(1, "K1", 1)), new KeptBroadcast("older.0", kept(2, "K2", 1))),
                Map.of(),
                Map.of());
        window.begin("topic", new long[] {0}, appKey -> 0, state);

        // When: the reply has room for one
        CatchUp first = window.catchUp(APP, null, null, 1);
        CatchUp again = catchUp(new StreamPosition("topic.0", first.position().offsetForClients()));

        // Then
        assertThat(uids(first)).containsExactly("K1");
        assertThat(first.position().offsetForClients()).isZero();
        assertThat(uids(readHeld(first))).containsExactly("K2");
        assertThat(again.complete()).isTrue();
        assertThat(uids(again)).containsExactly("K1", "K2");
    }

    @Test
    void whatIsTakenBackIsNotToldAnyMore() {
        // Given: one in the window, one that is kept, one that comes too late
        append(101, "K", InApp.KEPT);
        clock.advance(Duration.ofHours(1));
        window.expire();
        append(102, "A");
        append(103, "B");
        recall(104, "R1", "K");
        recall(105, "R2", "A");
        recall(106, "R3", "C");

        // Then
        assertThat(window.append(0, broadcast(107, "C"))).isFalse();
        assertThat(window.append(0, broadcast(108, "A"))).isFalse();
        assertThat(uids(catchUp(null))).containsExactly("B", "R1", "R2", "R3");
        assertThat(uids(read(101))).containsExactly("B", "R1", "R2", "R3");
        assertThat(catchUp(new StreamPosition("topic.0", 101)).complete()).isTrue();
        assertThat(window.recalls(APP)).isEqualTo(3);
        assertThat(window.bytesAfter(APP, 101)).isEqualTo(4);
    }

    @Test
    void whatWasTakenBackBeforeTheStreamIsNotTold() {
        // When
        window.begin(
                "topic", new long[] {100}, appKey -> 0, new KeptState(List.of(), Map.of(APP, List.of("A")), Map.of()));

        // Then
        assertThat(window.append(0, broadcast(101, "A"))).isFalse();
    }

    @Test
    void aPositionIsRememberedAsLongAsAnythingUpToThereIsHeld() {
        // Given
        Duration usual = window.memory(APP);
        append(101, "A");
        Duration withoutAnyKept = window.memory(APP);
        append(102, "K", InApp.KEPT);
        Duration atOnce = window.memory(APP);

        // When
        clock.advance(Duration.ofDays(6));
        Duration later = window.memory(APP);
        clock.advance(Duration.ofDays(2));

        // Then
        assertThat(usual).isEqualTo(Duration.ofMinutes(11)).isEqualTo(withoutAnyKept);
        assertThat(atOnce).isEqualTo(Duration.ofDays(7).plusMinutes(1));
        assertThat(later).isEqualTo(Duration.ofDays(1).plusMinutes(1));
        assertThat(window.memory(APP)).isEqualTo(usual);
    }

    private void append(long offset, String uid, InApp inApp) {
        assertThat(window.append(0, new Broadcast(APP, offset, clock.millis(), uid, new byte[1], inApp, null)))
                .isTrue();
    }

    private void recall(long offset, String uid, String recalled) {
        assertThat(window.append(
                        0, new Broadcast(APP, offset, clock.millis(), uid, new byte[1], InApp.WINDOW, recalled)))
                .isTrue();
    }

    private Broadcast kept(long offset, String uid, int bytes) {
        return new Broadcast(APP, offset, clock.millis(), uid, new byte[bytes], InApp.KEPT, null);
    }

    private Slice readHeld(CatchUp joined) {
        return window.readHeld(
                APP,
                joined.joined(),
                joined.position().offset(),
                joined.joined().end(),
                ALL,
                0);
    }

    private void append(long offset, String uid) {
        assertThat(window.append(0, broadcast(offset, uid))).isTrue();
    }

    private Broadcast broadcast(long offset, String uid) {
        return new Broadcast(APP, offset, clock.millis(), uid, new byte[1]);
    }

    private CatchUp catchUp(StreamPosition known) {
        return window.catchUp(APP, known, null, ALL);
    }

    private Slice read(long from) {
        return window.read(APP, from, ALL, ALL, 0);
    }

    private static List<String> uids(Slice slice) {
        return slice.broadcasts().stream().map(Broadcast::messageUid).toList();
    }

    private static List<String> uids(CatchUp catchUp) {
        return catchUp.broadcasts().stream().map(Broadcast::messageUid).toList();
    }

    /** A clock that stands still until it is moved. */
    private static final class MovableClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
