package dev.fanfare.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.gateway.quota.QuotaRule.Charged;
import dev.fanfare.gateway.quota.QuotaRule.Window;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaRuleTest {

    private static final QuotaRule RULE = new QuotaRule(List.of(QuotaPeriod.SECOND.most(20)));
    private static final QuotaRule HOUR_AND_DAY =
            new QuotaRule(List.of(QuotaPeriod.HOUR.most(2), QuotaPeriod.DAY.most(3)));
    private static final long HOUR = 3_600_000;
    private static final long DAY = 24 * HOUR;

    @Test
    void aWindowBeginsWithItsFirstCall() {
        // When
        Charged charged = RULE.charge(null, 3, 5000);

        // Then
        assertThat(charged)
                .isEqualTo(
                        new Charged(List.of(new Window(3, 6000)), new QuotaUsage(true, 20, 3, Duration.ofSeconds(1))));
    }

    @ParameterizedTest
    @CsvSource({"1, 19, true, 20", "17, 3, true, 20", "18, 3, false, 18", "20, 1, false, 20", "20, 0, true, 20"})
    void aCallIsAdmittedWholeOrCostsNothing(int used, int cost, boolean admitted, int usedAfter) {
        // When
        Charged charged = RULE.charge(List.of(new Window(used, 6000)), cost, 5400);

        // Then
        assertThat(charged)
                .isEqualTo(new Charged(
                        List.of(new Window(usedAfter, 6000)),
                        new QuotaUsage(admitted, 20, usedAfter, Duration.ofMillis(600))));
    }

    @Test
    void theNextWindowIsEmpty() {
        // When
        Charged charged = RULE.charge(List.of(new Window(20, 6000)), 1, 6000);

        // Then
        assertThat(charged.windows()).containsExactly(new Window(1, 7000));
        assertThat(charged.usage().admitted()).isTrue();
    }

    @Test
    void aLimitThatWasLoweredLeavesNothing() {
        // When
        QuotaUsage usage = new QuotaRule(List.of(QuotaPeriod.SECOND.most(5)))
                .charge(List.of(new Window(20, 6000)), 1, 5000)
                .usage();

        // Then
        assertThat(usage.admitted()).isFalse();
        assertThat(usage.remaining()).isZero();
    }

    @Test
    void aCallThatCostsNothingBeginsNoWindow() {
        // Given
        Charged refused = RULE.charge(null, 21, 5000);
        Charged free = RULE.charge(refused.windows(), 0, 5500);

        // When
        Charged first = RULE.charge(free.windows(), 1, 5900);

        // Then
        assertThat(first.windows()).containsExactly(new Window(1, 6900));
    }

    @Test
    void whatTheHourRefusesTheDayDoesNotCount() {
        // Given
        Charged second = HOUR_AND_DAY.charge(HOUR_AND_DAY.charge(null, 1, 0).windows(), 1, 1000);

        // When
        Charged refused = HOUR_AND_DAY.charge(second.windows(), 1, 2000);
        Charged later = HOUR_AND_DAY.charge(refused.windows(), 1, HOUR);
        Charged refusedByDay = HOUR_AND_DAY.charge(later.windows(), 1, HOUR + 1000);

        // Then
        assertThat(refused.windows()).containsExactly(new Window(2, HOUR), new Window(2, DAY));
        assertThat(refused.usage()).isEqualTo(new QuotaUsage(false, 2, 2, Duration.ofMillis(HOUR - 2000)));
        assertThat(later.windows()).containsExactly(new Window(1, 2 * HOUR), new Window(3, DAY));
        assertThat(refusedByDay.windows()).isEqualTo(later.windows());
        assertThat(refusedByDay.usage()).isEqualTo(new QuotaUsage(false, 3, 3, Duration.ofMillis(DAY - HOUR - 1000)));
    }

    @Test
    void theCallerIsToldOfTheTightestWindow() {
        // When
        Charged first = HOUR_AND_DAY.charge(null, 1, 0);
        Charged afterAnHour =
                HOUR_AND_DAY.charge(HOUR_AND_DAY.charge(first.windows(), 1, 0).windows(), 1, HOUR);

        // Then
        assertThat(first.usage()).isEqualTo(new QuotaUsage(true, 2, 1, Duration.ofMillis(HOUR)));
        assertThat(afterAnHour.usage()).isEqualTo(new QuotaUsage(true, 3, 3, Duration.ofMillis(DAY - HOUR)));
    }

    @Test
    void whoIsRefusedByBothWaitsForTheLonger() {
        // Given
        QuotaRule rule = new QuotaRule(List.of(QuotaPeriod.SECOND.most(1), QuotaPeriod.DAY.most(1)));

        // When
        QuotaUsage usage =
                rule.charge(rule.charge(null, 1, 0).windows(), 1, 100).usage();

        // Then
        assertThat(usage).isEqualTo(new QuotaUsage(false, 1, 1, Duration.ofMillis(DAY - 100)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "999, 1", "1000, 1", "1001, 2"})
    void whoWaitsTheSecondsWaitsLongEnough(long millis, long seconds) {
        assertThat(new QuotaUsage(true, 1, 1, Duration.ofMillis(millis)).resetSeconds())
                .isEqualTo(seconds);
    }
}
