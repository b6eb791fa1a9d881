package dev.fanfare.delivery.quiet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietTimeTest {

    @ParameterizedTest
    @CsvSource({
        // start, minutes, zone, now, quiet
        "22:00:00, 60, UTC, 2026-01-01T21:59:59Z, false",
        "22:00:00, 60, UTC, 2026-01-01T22:00:00Z, true",
        "22:00:00, 60, UTC, 2026-01-01T22:59:59.999Z, true",
        "22:00:00, 60, UTC, 2026-01-01T23:00:00Z, false",
        // Over midnight.
        "23:59:59, 100, UTC, 2026-01-01T23:59:58Z, false",
        "23:59:59, 100, UTC, 2026-01-01T23:59:59Z, true",
        "23:59:59, 100, UTC, 2026-01-02T00:00:00Z, true",
        "23:59:59, 100, UTC, 2026-01-02T01:39:58Z, true",
        "23:59:59, 100, UTC, 2026-01-02T01:39:59Z, false",
        // None, and all day but one minute.
        "12:00:00, 0, UTC, 2026-01-01T12:00:00Z, false",
        "00:00:00, 1439, UTC, 2026-01-01T00:00:00Z, true",
        "00:00:00, 1439, UTC, 2026-01-01T23:58:59Z, true",
        "00:00:00, 1439, UTC, 2026-01-01T23:59:00Z, false",
        "12:00:00, 1439, UTC, 2026-01-02T11:58:59Z, true",
        "12:00:00, 1439, UTC, 2026-01-02T11:59:00Z, false",
        // By the clock of the user's zone, summer time included.
        "22:00:00, 480, Asia/Shanghai, 2026-01-01T14:00:00Z, true",
        "22:00:00, 480, Asia/Shanghai, 2026-01-01T22:00:00Z, false",
        "22:00:00, 60, Europe/Berlin, 2026-01-01T21:00:00Z, true",
        "22:00:00, 60, Europe/Berlin, 2026-07-01T20:00:00Z, true",
        "22:00:00, 60, Europe/Berlin, 2026-07-01T21:00:00Z, false"
    })
    void everyDayFromItsStartForItsPeriod(LocalTime start, int minutes, ZoneId zone, Instant now, boolean quiet) {
        assertThat(new QuietTime(start, minutes, 1).isQuiet(now, zone)).isEqualTo(quiet);
    }
}
