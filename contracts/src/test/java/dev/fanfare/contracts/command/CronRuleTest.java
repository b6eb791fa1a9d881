package dev.fanfare.contracts.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronRuleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * *        | UTC           | 2026-01-31T12:00:30Z | 2026-01-31T12:01:00Z",
                "0 9 * * *        | UTC           | 2026-01-31T09:00:00Z | 2026-02-01T09:00:00Z",
                "0 9 * * 1-5      | UTC           | 2026-01-31T12:00:00Z | 2026-02-02T09:00:00Z",
                "0 9 * * MON      | UTC           | 2026-01-31T12:00:00Z | 2026-02-02T09:00:00Z",
                "0 9 * * 7        | UTC           | 2026-01-31T12:00:00Z | 2026-02-01T09:00:00Z",
                "*/20 8,9 * * *   | UTC           | 2026-01-31T08:40:00Z | 2026-01-31T09:00:00Z",
                "0 0 29 2 *       | UTC           | 2026-01-31T12:00:00Z | 2028-02-29T00:00:00Z",
                "0 0 1 JAN *      | UTC           | 2026-01-31T12:00:00Z | 2027-01-01T00:00:00Z",
                "0 9 * * *        | Europe/Berlin | 2026-01-31T12:00:00Z | 2026-02-01T08:00:00Z",
                "0 9 * * *        | Europe/Berlin | 2026-07-31T12:00:00Z | 2026-08-01T07:00:00Z",
                "30 2 * * *       | Europe/Berlin | 2026-03-28T12:00:00Z | 2026-03-30T00:30:00Z",
                "30 2 * * *       | Europe/Berlin | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z",
                "30 2 * * *       | Europe/Berlin | 2026-10-25T00:30:00Z | 2026-10-26T01:30:00Z"
            })
    void comesByTheClockOfItsZone(String cron, String zone, Instant last, Instant next) {
        assertThat(CronRule.read(cron).orElseThrow().next(last, zone)).contains(next);
    }

    @Test
    void withoutAZoneItIsUtc() {
        assertThat(CronRule.read("0 9 * * *").orElseThrow().next(Instant.EPOCH, null))
                .contains(Instant.parse("1970-01-01T09:00:00Z"));
    }

    /** Of two kinds of days one is enough, as with every UNIX cron. */
    @Test
    void aDayOfTheMonthOrOfTheWeek() {
        assertThat(CronRule.read("0 0 13 * 5").orElseThrow().next(Instant.parse("2026-01-31T12:00:00Z"), null))
                .contains(Instant.parse("2026-02-06T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0 9 * *",
                "0 0 9 * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "0 0 31 2 *",
                "@daily",
                "*/0 * * * *",
                "9-5 * * * *",
                "a b c d e"
            })
    void whatIsNoRule(String cron) {
        assertThat(CronRule.read(cron)).isEmpty();
    }

    @Test
    void aRuleHasABoundedLength() {
        // Given
        String minutes = "0,".repeat(124) + "0";

        // When / Then
        assertThat(CronRule.read(minutes + " * * *")).isEmpty();
        assertThat(CronRule.read("0,".repeat(123) + "0 * * * *")).isPresent();
        assertThat(CronRule.read("0,".repeat(124) + "0 * * * *")).isEmpty();
    }
}
