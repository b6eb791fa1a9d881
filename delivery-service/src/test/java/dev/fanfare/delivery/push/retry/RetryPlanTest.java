package dev.fanfare.delivery.push.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.delivery.push.retry.RetryPlan.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPlanTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATE = NOW.plus(Duration.ofDays(1));

    private final RetryPlan plan = new RetryPlan(
            List.of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1)));

    @ParameterizedTest
    @CsvSource({
        // attempts, asked for, random, level, seconds
        "0, PT0S, 0, FIRST, 10",
        "1, PT0S, 0, FIRST, 10",
        "1, PT0S, 0.5, FIRST, 12",
        "2, PT0S, 0, SECOND, 60",
        "3, PT0S, 0, THIRD, 600",
        "4, PT0S, 0, LAST, 3600",
        "99, PT0S, 0, LAST, 3600",
        "1, PT59S, 0, FIRST, 10",
        "1, PT60S, 0, SECOND, 60",
        "0, PT90S, 0, SECOND, 60",
        "3, PT60S, 0, THIRD, 600",
        "0, PT24H, 0, LAST, 3600"
    })
    void waitsLongerEachTimeOrAsLongAsWasAskedFor(
            int attempts, Duration atLeast, double random, RetryLevel level, long seconds) {
        // When
        Next next = plan.next(attempts, atLeast, NOW, LATE, random).orElseThrow();

        // Then
        assertThat(next.level()).isEqualTo(level);
        assertThat(Duration.between(NOW, next.dueAt()).toSeconds()).isEqualTo(seconds);
    }

    @Test
    void doesNotWaitForWhatWillBeTooLate() {
        // When
        var inTime = plan.next(1, Duration.ZERO, NOW, NOW.plusSeconds(11), 0);
        var tooLate = plan.next(1, Duration.ZERO, NOW, NOW.plusSeconds(10), 0);

        // Then
        assertThat(inTime).isPresent();
        assertThat(tooLate).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1S", "PT1S,PT2S,PT3S,PT2S", "PT0S,PT1S,PT2S,PT3S", "PT1S,PT2S,PT3S,PT4S,PT5S"})
    void refusesDelaysThatDoNotFitTheTopics(String delays) {
        // Given
        List<Duration> wrong =
                Arrays.stream(delays.split(",")).map(Duration::parse).toList();

        // Then
        assertThatThrownBy(() -> new RetryPlan(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fanfare.push.retry.delays");
    }
}
