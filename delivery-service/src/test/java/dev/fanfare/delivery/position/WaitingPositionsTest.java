package dev.fanfare.delivery.position;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.window.StreamPosition;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitingPositionsTest {

    private final WaitingPositions waiting = new WaitingPositions(2);

    /** What waits, what comes, what remains. */
    @ParameterizedTest
    @CsvSource({
        "e1,5, e1,6, e1,6",
        "e1,5, e1,5, e1,5",
        "e1,5, e1,4, e1,5",
        "e1,5, e2,4, e2,4",
    })
    void theNewestOfADeviceRemains(String e1, long o1, String e2, long o2, String e3, long o3) {
        // Given
        waiting.add(device("d"), new StreamPosition(e1, o1));

        // When
        waiting.add(device("d"), new StreamPosition(e2, o2));

        // Then
        assertThat(waiting.first(10)).isEqualTo(Map.of(device("d"), new StreamPosition(e3, o3)));
    }

    @Test
    void theLongestWaitingGoFirst() {
        // Given
        waiting.add(device("a"), at(1));
        waiting.add(device("b"), at(1));

        // When
        waiting.add(device("a"), at(2));

        // Then
        assertThat(waiting.first(1)).isEqualTo(Map.of(device("a"), at(2)));
    }

    @Test
    void whoMovedMeanwhileGoesOnWaiting() {
        // Given
        waiting.add(device("a"), at(1));
        waiting.add(device("b"), at(1));
        Map<DeviceKey, StreamPosition> batch = waiting.first(10);
        waiting.add(device("a"), at(2));

        // When
        waiting.written(batch);

        // Then
        assertThat(waiting.first(10)).isEqualTo(Map.of(device("a"), at(2)));
    }

    @Test
    void atTheBoundTheLongestWaitingIsForgotten() {
        // Given
        boolean first = waiting.add(device("a"), at(1)) && waiting.add(device("b"), at(1));

        // When
        boolean third = waiting.add(device("c"), at(1));

        // Then
        assertThat(first).isTrue();
        assertThat(third).isFalse();
        assertThat(waiting.first(10)).containsOnlyKeys(device("b"), device("c"));
    }

    private static DeviceKey device(String id) {
        return new DeviceKey("app", "u", id);
    }

    private static StreamPosition at(long offset) {
        return new StreamPosition("e", offset);
    }
}
