package dev.fanfare.delivery.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contracts.app.AppSettings;
import dev.fanfare.delivery.app.KnownApps;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-03-20");
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-03-20T12:00:00Z"), ZoneOffset.UTC);

    private final KnownApps apps = new KnownApps(null);

    @ParameterizedTest
    @CsvSource({"unknown, 7", "silent, 7", "short, 2", "long, 10", "longer, 14", "too-long, 14"})
    void anAppHasItsOwnTimeUpToTheLongest(String app, int days) {
        // Given
        set("silent", null);
        set("short", 2);
        set("long", 10);
        set("longer", 14);
        set("too-long", 30);

        // When
        Retention retention = retention(7, 14);

        // Then
        assertThat(retention.oldestOf(app)).isEqualTo(TODAY.minusDays(days));
        assertThat(retention.max()).isEqualTo(Duration.ofDays(14));
    }

    @Test
    void withoutALongestTimeNoAppHasMoreThanUsual() {
        // Given
        set("long", 10);

        // When
        Retention retention = retention(7, null);

        // Then
        assertThat(retention.oldestOf("long")).isEqualTo(TODAY.minusDays(7));
        assertThat(retention.max()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void aChangeHoldsAtOnce() {
        // Given
        Retention retention = retention(7, null);
        set("app", 2);

        // When
        apps.learn(new AppSettings("app", 2, null, null, null, 3));

        // Then
        assertThat(retention.oldestOf("app")).isEqualTo(TODAY.minusDays(3));
    }

    @ParameterizedTest
    @CsvSource({"0, 7", "31, 31", "7, 31", "7, 6"})
    void timesThatCannotBeAreRefusedAtTheStart(int days, int maxDays) {
        assertThatThrownBy(() -> retention(days, maxDays))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("fanfare.inbox.");
    }

    private void set(String app, Integer days) {
        apps.learn(new AppSettings(app, 1, null, null, null, days));
    }

    private Retention retention(int days, Integer maxDays) {
        InboxConfig config = new InboxConfig() {
            @Override
            public Duration retention() {
                return Duration.ofDays(days);
            }

            @Override
            public Optional<Duration> maxRetention() {
                return Optional.ofNullable(maxDays).map(Duration::ofDays);
            }
        };
        return new Retention(config, apps, NOON);
    }
}
