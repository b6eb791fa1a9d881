package dev.fanfare.gateway.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.gateway.fixture.GatewayTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the script in Redis says is what {@link QuotaRule} says. */
@GatewayTest
class SharedQuotasTest {

    private static final QuotaRule HOUR_AND_DAY =
            new QuotaRule(List.of(QuotaPeriod.HOUR.most(5), QuotaPeriod.DAY.most(8)));

    @Inject
    SharedQuotas shared;

    private final LocalQuotas local = new LocalQuotas(Clock.systemUTC());
    private final String key = "fanfare:quota:{" + UUID.randomUUID() + "}";

    @Test
    void refusedByOneWindowIsChargedToNone() {
        // Given
        QuotaRule wideHour = new QuotaRule(List.of(QuotaPeriod.HOUR.most(100), QuotaPeriod.DAY.most(8)));

        // When / Then
        chargeBoth(HOUR_AND_DAY, 4, true, 5, 4, QuotaPeriod.HOUR);
        chargeBoth(HOUR_AND_DAY, 2, false, 5, 4, QuotaPeriod.HOUR);
        chargeBoth(wideHour, 4, true, 8, 8, QuotaPeriod.DAY);
        chargeBoth(wideHour, 1, false, 8, 8, QuotaPeriod.DAY);
        chargeBoth(wideHour, 0, true, 8, 8, QuotaPeriod.DAY);
    }

    @Test
    void whatCostsNothingBeginsNoWindow() {
        // When / Then
        chargeBoth(HOUR_AND_DAY, 0, true, 5, 0, QuotaPeriod.HOUR);
        chargeBoth(HOUR_AND_DAY, 5, true, 5, 5, QuotaPeriod.HOUR);
    }

    @Test
    void whatIsGivenBackIsThereAgain() {
        // When / Then
        chargeBoth(HOUR_AND_DAY, 5, true, 5, 5, QuotaPeriod.HOUR);
        chargeBoth(HOUR_AND_DAY, -2, true, 5, 3, QuotaPeriod.HOUR);
        chargeBoth(HOUR_AND_DAY, 2, true, 5, 5, QuotaPeriod.HOUR);
        chargeBoth(HOUR_AND_DAY, 1, false, 5, 5, QuotaPeriod.HOUR);
    }

    @Test
    void nothingIsGivenBackThatWasNotTaken() {
        // When / Then
        chargeBoth(HOUR_AND_DAY, -1, true, 5, 0, QuotaPeriod.HOUR);
        chargeBoth(HOUR_AND_DAY, 5, true, 5, 5, QuotaPeriod.HOUR);
    }

    @Test
    void aWindowEndsAndTheLongerStays() {
        // Given
        QuotaRule rule = new QuotaRule(List.of(QuotaPeriod.SECOND.most(1), QuotaPeriod.DAY.most(2)));
        assertThat(shared(rule, 1).admitted()).isTrue();
        assertThat(shared(rule, 1).limit()).isEqualTo(1);

        // When
        QuotaUsage second = Awaitility.await().until(() -> shared(rule, 1), QuotaUsage::admitted);

        // Then
        assertThat(second.limit()).isEqualTo(2);
        assertThat(second.remaining()).isZero();
        QuotaUsage third = shared(rule, 1);
        assertThat(third.admitted()).isFalse();
        assertThat(third.resetIn()).isGreaterThan(Duration.ofHours(23));
    }

    private void chargeBoth(QuotaRule rule, int cost, boolean admitted, int limit, int used, QuotaPeriod window) {
        for (QuotaUsage usage : List.of(shared(rule, cost), local.charge(key, rule, cost))) {
            assertThat(usage.admitted()).isEqualTo(admitted);
            assertThat(usage.limit()).isEqualTo(limit);
            assertThat(usage.used()).isEqualTo(used);
            assertThat(usage.resetIn()).isBetween(window.length().minusMinutes(1), window.length());
        }
    }

    private QuotaUsage shared(QuotaRule rule, int cost) {
        return shared.charge(key, rule, cost).await().atMost(Duration.ofSeconds(5));
    }
}
