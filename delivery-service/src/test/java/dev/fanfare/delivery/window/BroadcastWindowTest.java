package dev.fanfare.delivery.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BroadcastWindowTest {

    private static final String APP = "app";
    private static final int KIBIBYTE = 1024;

    private final MovableClock clock = new MovableClock();
    private final BroadcastWindow window = new BroadcastWindow(Duration.ofMinutes(10), 10 * KIBIBYTE, clock);

    @BeforeEach
    void beginAt100() {
        window.begin("topic", new long[] {100}, appKey -> 0);
    }

    @Test
    void aNewClientGetsTheWholeWindow() {
        // Given
        append(101, "A");
        append(102, "B");

        // When
        CatchUp catchUp = window.catchUp(APP, null);

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
        CatchUp catchUp = window.catchUp(APP, new StreamPosition("topic.0", 103));

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
        CatchUp catchUp = window.catchUp(APP, new StreamPosition("topic.0", 100));

        // Then
        assertThat(catchUp.complete()).isFalse();
        assertThat(uids(catchUp)).containsExactly("B");
        assertThat(catchUp.start().offset()).isEqualTo(101);
    }

    @Test
    void aClientThatHasWhatIsGoneIsComplete() {
        // Given
        append(101, "A");
        clock.advance(Duration.ofMinutes(11));
        append(102, "B");
        window.expire();

        // When
        CatchUp catchUp = window.catchUp(APP, new StreamPosition("topic.0", 101));

        // Then
        assertThat(catchUp.complete()).isTrue();
        assertThat(uids(catchUp)).containsExactly("B");
    }

    @Test
    void aPositionFromBeforeTheFirstReadRecordIsIncomplete() {
        assertThat(window.catchUp(APP, new StreamPosition("topic.0", 99)).complete())
                .isFalse();
        assertThat(window.catchUp(APP, new StreamPosition("topic.0", 100)).complete())
                .isTrue();
    }

    @Test
    void anotherEpochMeansTheWholeWindowAndIncomplete() {
        // Given
        append(101, "A");

        // When
        CatchUp catchUp = window.catchUp(APP, new StreamPosition("older.0", 5000));

        // Then
        assertThat(catchUp.complete()).isFalse();
        assertThat(uids(catchUp)).containsExactly("A");
        assertThat(catchUp.position().epoch()).isEqualTo("topic.0");
    }

    @Test
    void aClientAheadOfThisNodeKeepsItsPosition() {
        // Given: another node has told it up to 110 already
        append(101, "A");

        // When
        CatchUp catchUp = window.catchUp(APP, new StreamPosition("topic.0", 110));

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
        assertThat(uids(window.catchUp(APP, null))).containsExactly("A");
        assertThat(window.catchUp(APP, null).position().offset()).isEqualTo(102);
    }

    @Test
    void theByteBoundDropsTheOldestAndSaysSo() {
        // Given: eleven messages of a KiB in a window of ten
        for (int i = 1; i <= 11; i++) {
            window.append(0, new Broadcast(APP, 100 + i, clock.millis(), "U" + i, new byte[KIBIBYTE]));
        }

        // When
        CatchUp catchUp = window.catchUp(APP, new StreamPosition("topic.0", 100));

        // Then
        assertThat(catchUp.complete()).isFalse();
        assertThat(catchUp.broadcasts()).hasSize(10);
    }

    @Test
    void appsDoNotSeeEachOther() {
        // Given
        append(101, "A");
        window.append(0, new Broadcast("other", 102, clock.millis(), "B", new byte[1]));

        // When
        CatchUp catchUp = window.catchUp("other", null);

        // Then
        assertThat(uids(catchUp)).containsExactly("B");
    }

    private void append(long offset, String uid) {
        assertThat(window.append(0, broadcast(offset, uid))).isTrue();
    }

    private Broadcast broadcast(long offset, String uid) {
        return new Broadcast(APP, offset, clock.millis(), uid, new byte[1]);
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
