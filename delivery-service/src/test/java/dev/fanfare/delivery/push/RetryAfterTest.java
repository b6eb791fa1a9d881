package dev.fanfare.delivery.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "30, 30",
        "' 30 ', 30",
        "'Fri, 02 Jan 2026 03:05:05 GMT', 60",
        "'Fri, 02 Jan 2026 03:03:05 GMT', 0",
        ",",
        "'',",
        "-1,",
        "soon,",
        "99999999999,"
    })
    void inSecondsOrAsDate(String header, Long seconds) {
        // When, then
        assertThat(RetryAfter.parse(header, NOW)).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }
}
