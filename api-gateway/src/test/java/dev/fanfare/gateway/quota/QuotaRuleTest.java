package dev.fanfare.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.gateway.quota.QuotaRule.Charged;
import dev.fanfare.gateway.quota.QuotaRule.Window;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaRuleTest {

    private static final QuotaRule RULE = new QuotaRule(20, Duration.ofSeconds(1));

    @Test
    void aWindowBeginsWithItsFirstCall() {
        // When
        Charged charged = RULE.charge(null, 3, 5000);

        // Then
        assertThat(charged)
                .isEqualTo(new Charged(new Window(3, 6000), new QuotaUsage(true, 20, 3, Duration.ofSeconds(1))));
    }

    @ParameterizedTest
    @CsvSource({"0, 20, true, 20", "17, 3, true, 20", "18, 3, false, 18", "20, 1, false, 20", "0, 21, false, 0"})
    void aCallIsAdmittedWholeOrCostsNothing(int used, int cost, boolean admitted, int usedAfter) {
        // When
        Charged charged = RULE.charge(new Window(used, 6000), cost, 5400);

        // Then
        assertThat(charged)
                .isEqualTo(new Charged(
                        new Window(usedAfter, 6000), new QuotaUsage(admitted, 20, usedAfter, Duration.ofMillis(600))));
    }

    @Test
    void theNextWindowIsEmpty() {
        // When
        Charged charged = RULE.charge(new Window(20, 6000), 1, 6000);

        // Then
        assertThat(charged.window()).isEqualTo(new Window(1, 7000));
        assertThat(charged.usage().admitted()).isTrue();
    }

    @Test
    void aLimitThatWasLoweredLeavesNothing() {
        // When
        QuotaUsage usage = new QuotaRule(5, Duration.ofSeconds(1))
                .charge(new Window(20, 6000), 1, 5000)
                .usage();

        // Then
        assertThat(usage.admitted()).isFalse();
        assertThat(usage.remaining()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "999, 1", "1000, 1", "1001, 2"})
    void whoWaitsTheSecondsWaitsLongEnough(long millis, long seconds) {
        assertThat(new QuotaUsage(true, 1, 1, Duration.ofMillis(millis)).resetSeconds())
                .isEqualTo(seconds);
    }
}
