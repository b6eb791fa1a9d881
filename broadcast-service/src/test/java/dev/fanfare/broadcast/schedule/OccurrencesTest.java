package dev.fanfare.broadcast.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.broadcast.schedule.Occurrences.Due;
import dev.fanfare.contracts.command.AllUsersCommand.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OccurrencesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aTimeThatIsOverWhenItIsGivenMeansNow() {
        // Then
        assertThat(Occurrences.isNow(null, NOON)).isTrue();
        assertThat(Occurrences.isNow(at(NOON), NOON)).isTrue();
        assertThat(Occurrences.isNow(at(NOON.plusMillis(1)), NOON)).isFalse();
        assertThat(Occurrences.isNow(cron("* * * * *", null), NOON)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0 9 * * *  | UTC           | 2026-03-01T12:00:00Z | 2026-03-02T09:00:00Z
                    0 9 * * *  |               | 2026-03-01T12:00:00Z | 2026-03-02T09:00:00Z
                    0 9 * * *  | Europe/Berlin | 2026-03-28T12:00:00Z | 2026-03-29T07:00:00Z
                    0 9 * * *  | Europe/Berlin | 2026-10-24T12:00:00Z | 2026-10-25T08:00:00Z
                    0 12 * * * | UTC           | 2026-03-01T12:00:00Z | 2026-03-02T12:00:00Z
                    """)
    void theFirstTimeIsTheNextByTheClocksOfTheZone(String cron, String zone, Instant given, Instant first) {
        // Then
        assertThat(Occurrences.first(cron(cron, zone), given)).contains(first);
    }

    @Test
    void aMessageThatComesAgainCanBeginLater() {
        // Given
        var tomorrowAtNoon = new Schedule(NOON.plus(Duration.ofDays(1)).toEpochMilli(), "0 12 * * *", null);

        // Then
        assertThat(Occurrences.first(tomorrowAtNoon, NOON)).contains(NOON.plus(Duration.ofDays(1)));
    }

    @Test
    void aMessageWithOneTimeIsSentHoweverLate() {
        // When
        Due due = Occurrences.due(at(NOON), NOON, NOON.plus(Duration.ofDays(3)), HOUR);

        // Then
        assertThat(due).isEqualTo(new Due(Optional.of(NOON), Optional.empty()));
    }

    @Test
    void aMessageThatComesAgainIsRunAndComesAgain() {
        // When
        Due due = Occurrences.due(cron("0 * * * *", null), NOON, NOON.plusMillis(300), HOUR);

        // Then
        assertThat(due).isEqualTo(new Due(Optional.of(NOON), Optional.of(NOON.plus(HOUR))));
    }

    @Test
    void ofMissedTimesTheLatestIsMadeUpForOnce() {
        // When
        Due due = Occurrences.due(cron("*/10 * * * *", null), NOON, NOON.plus(Duration.ofMinutes(35)), HOUR);

        // Then
        assertThat(due)
                .isEqualTo(new Due(
                        Optional.of(NOON.plus(Duration.ofMinutes(30))),
                        Optional.of(NOON.plus(Duration.ofMinutes(40)))));
    }

    @Test
    void theLatestOfManyIsFoundFromWhereTheyMatter() {
        // When
        Due due =
                Occurrences.due(cron("* * * * *", null), NOON.minus(Duration.ofDays(3650)), NOON.plusSeconds(30), HOUR);

        // Then
        assertThat(due).isEqualTo(new Due(Optional.of(NOON), Optional.of(NOON.plusSeconds(60))));
    }

    @ParameterizedTest
    @CsvSource({"3600,true", "3601,false"})
    void whatIsTooLongAgoIsLeftOut(long secondsLate, boolean runs) {
        // When
        Due due = Occurrences.due(cron("0 12 * * *", null), NOON, NOON.plusSeconds(secondsLate), HOUR);

        // Then
        assertThat(due.run().isPresent()).isEqualTo(runs);
        assertThat(due.next()).contains(NOON.plus(Duration.ofDays(1)));
    }

    private static Schedule at(Instant time) {
        return new Schedule(time.toEpochMilli(), null, null);
    }

    private static Schedule cron(String cron, String zone) {
        return new Schedule(null, cron, zone);
    }
}
