package dev.fanfare.delivery.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainPaceTest {

    private static final DrainPace PACE = new DrainPace(500, Duration.ofSeconds(20));

    @Test
    void goesAtItsRateWhileThereIsTime() {
        assertThat(PACE.slice(1_000, Duration.ZERO)).isEqualTo(50);
    }

    @Test
    void goesFasterIfOtherwiseNotAllWouldBeGoneInTime() {
        // 100,000 in 200 slices
        assertThat(PACE.slice(100_000, Duration.ZERO)).isEqualTo(500);
        // 50,000 in the 10 slices that are left
        assertThat(PACE.slice(50_000, Duration.ofSeconds(19))).isEqualTo(5_000);
    }

    @Test
    void sendsAllAwayAtTheEnd() {
        assertThat(PACE.slice(777, Duration.ofSeconds(20))).isEqualTo(777);
        assertThat(PACE.slice(777, Duration.ofSeconds(60))).isEqualTo(777);
    }

    @Test
    void aSlowPaceStillMoves() {
        assertThat(new DrainPace(1, Duration.ofDays(1)).slice(5, Duration.ZERO)).isEqualTo(1);
    }
}
