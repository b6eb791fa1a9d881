package dev.fanfare.delivery.push.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.push.retry.Slices.Slice;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicesTest {

    private static final Duration WIDTH = Duration.ofMillis(10);

    @Test
    void whatIsDueAtNearlyTheSameTimeIsDoneWhenTheLastOfItIsDue() {
        // When
        List<Slice<Long>> slices = Slices.of(List.of(120L, 100L, 105L, 110L, 111L), Long::longValue, WIDTH);

        // Then
        assertThat(slices)
                .containsExactly(new Slice<>(110, List.of(100L, 105L, 110L)), new Slice<>(120, List.of(111L, 120L)));
    }

    @Test
    void nothingIsNoSlice() {
        assertThat(Slices.of(List.<Long>of(), Long::longValue, WIDTH)).isEmpty();
    }
}
