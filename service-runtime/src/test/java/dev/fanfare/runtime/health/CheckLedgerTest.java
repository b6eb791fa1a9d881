package dev.fanfare.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class CheckLedgerTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final MovingClock clock = new MovingClock();
    private final CheckLedger ledger = new CheckLedger(metrics, clock);

    @Test
    void tellsSinceWhenACheckIsDown() {
        // Given
        ledger.dated(HealthCheckResponse.up("kafka"));
        clock.move(Duration.ofMinutes(1));
        ledger.dated(down());
        clock.move(Duration.ofMinutes(5));

        // When
        HealthCheckResponse answer = ledger.dated(down());

        // Then
        assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(answer.getData())
                .contains(Map.of("reason", "the brokers do not answer", "since", "2026-05-01T12:01:00Z"));
    }

    @Test
    void beginsAnewWhenACheckWasUpBetween() {
        // Given
        ledger.dated(down());
        clock.move(Duration.ofMinutes(1));
        ledger.dated(HealthCheckResponse.up("kafka"));
        clock.move(Duration.ofMinutes(1));

        // When
        HealthCheckResponse answer = ledger.dated(down());

        // Then
        assertThat(answer.getData().orElseThrow()).containsEntry("since", "2026-05-01T12:02:00Z");
    }

    @Test
    void leavesTheAnswerOfACheckThatIsUpAlone() {
        // Given
        HealthCheckResponse up = HealthCheckResponse.up("kafka");

        // When
        HealthCheckResponse answer = ledger.dated(up);

        // Then
        assertThat(answer).isSameAs(up);
    }

    @Test
    void showsHowEachCheckStands() {
        // Given
        ledger.dated(HealthCheckResponse.up("redis"));

        // When
        ledger.dated(down());

        // Then
        assertThat(up("kafka")).isZero();
        assertThat(up("redis")).isEqualTo(1);
    }

    private double up(String check) {
        return metrics.get(CheckLedger.CHECK_UP).tag("check", check).gauge().value();
    }

    private static HealthCheckResponse down() {
        return HealthCheckResponse.named("kafka")
                .down()
                .withData("reason", "the brokers do not answer")
                .build();
    }

    private static final class MovingClock extends Clock {

        private Instant now = NOON;

        void move(Duration by) {
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
            throw new UnsupportedOperationException();
        }
    }
}
