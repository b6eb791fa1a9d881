package dev.fanfare.delivery.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.message.MessageUid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LedgerDaysTest {

    private static final Instant NOW = Instant.parse("2026-03-10T00:30:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-03-10");

    private final LedgerDays days = new LedgerDays(() -> Duration.ofDays(7), Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void theIdSaysTheDayWheneverTheOutcomeIsTold() {
        // Given
        String uid = uid(NOW.minus(Duration.ofHours(1)));

        // Then
        assertThat(days.of(uid, NOW.toEpochMilli())).contains(TODAY.minusDays(1));
        assertThat(days.of(uid, NOW.plus(Duration.ofDays(3)).toEpochMilli())).contains(TODAY.minusDays(1));
    }

    @Test
    void anotherIdBelongsToTheDayOfTheTelling() {
        assertThat(days.of("an id of another form", NOW.toEpochMilli())).contains(TODAY);
    }

    @Test
    void theOldestDayIsKeptAndNoneBefore() {
        assertThat(days.of(uid(Instant.parse("2026-03-03T00:00:00Z")), 0)).contains(TODAY.minusDays(7));
        assertThat(days.of(uid(Instant.parse("2026-03-02T23:59:59.999Z")), 0)).isEmpty();
    }

    @Test
    void anIdOfTheFutureIsOfTomorrow() {
        assertThat(days.of(uid(NOW.plus(Duration.ofDays(1))), 0)).contains(TODAY.plusDays(1));
        assertThat(days.of(uid(NOW.plus(Duration.ofDays(400))), 0)).contains(TODAY.plusDays(1));
    }

    private static String uid(Instant time) {
        return MessageUid.derived(time.toEpochMilli(), "app", "request", "user");
    }
}
