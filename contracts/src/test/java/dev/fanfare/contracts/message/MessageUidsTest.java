package dev.fanfare.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.TestClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessageUidsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final int SEQUENCES = 1 << MessageUid.SEQUENCE_BITS;

    private final TestClock clock = new TestClock(NOW);
    private final MessageUids uids = new MessageUids(clock, 7);

    @Test
    void anIdTellsWhenItWasGiven() {
        assertThat(MessageUid.timeOf(uids.next(MessageKind.SYSTEM))).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void idsRiseInsideAMillisecondWhateverTheirKind() {
        // When
        List<String> given = Stream.of(MessageKind.SYSTEM, MessageKind.BROADCAST, MessageKind.GROUP_STATUS)
                .map(uids::next)
                .toList();

        // Then
        assertThat(given).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aMillisecondWithMoreIdsThanSequenceNumbersBorrowsFromTheNext() {
        // Given
        List<String> filled = IntStream.range(0, SEQUENCES)
                .mapToObj(i -> uids.next(MessageKind.BROADCAST))
                .toList();

        // When
        String next = uids.next(MessageKind.BROADCAST);

        // Then
        assertThat(filled).allMatch(uid -> MessageUid.timeOf(uid) == NOW.toEpochMilli());
        assertThat(MessageUid.timeOf(next)).isEqualTo(NOW.toEpochMilli() + 1);
        assertThat(next).isGreaterThan(filled.get(SEQUENCES - 1));
    }

    @Test
    void aClockThatGoesBackDoesNotRepeatOrLowerIds() {
        // Given
        String before = uids.next(MessageKind.BROADCAST);
        clock.move(Duration.ofSeconds(-30));

        // When
        String after = uids.next(MessageKind.BROADCAST);

        // Then
        assertThat(after).isGreaterThan(before);
    }

    @Test
    void idsFollowTheClockAgainOnceItHasCaughtUp() {
        // Given
        uids.next(MessageKind.BROADCAST);
        clock.move(Duration.ofSeconds(-30));
        uids.next(MessageKind.BROADCAST);
        clock.move(Duration.ofSeconds(60));

        // When
        String uid = uids.next(MessageKind.BROADCAST);

        // Then
        assertThat(MessageUid.timeOf(uid)).isEqualTo(clock.millis());
    }

    @Test
    void manyThreadsNeverGetTheSameId() throws Exception {
        // Given
        MessageUids shared = new MessageUids(Clock.systemUTC(), 7);
        Callable<List<String>> take = () -> IntStream.range(0, 20_000)
                .mapToObj(i -> shared.next(MessageKind.SYSTEM))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<String> all = new ArrayList<>();

        // When
        for (Future<List<String>> taken : threads.invokeAll(List.of(take, take, take, take, take, take, take, take))) {
            assertThat(taken.get()).isSorted();
            all.addAll(taken.get());
        }
        threads.shutdown();

        // Then
        assertThat(all).hasSize(160_000).doesNotHaveDuplicates();
    }

    @Test
    void twoProcessesDifferByTheirNode() {
        // Given
        MessageUids other = new MessageUids(clock, 8);

        // When
        String uid = uids.next(MessageKind.SYSTEM);

        // Then
        assertThat(other.next(MessageKind.SYSTEM)).isNotEqualTo(uid);
    }
}
