package dev.fanfare.gateway.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fanfare.gateway.quota.QuotaRule.Charged;
import dev.fanfare.gateway.quota.QuotaRule.Window;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The quotas of this process alone, for the time that Redis is away: with n gateways an app may then use up to n times
 * its limit. Bounded in memory. Thread-safe.
 */
@ApplicationScoped
class LocalQuotas {

    private static final int MAX_QUOTAS = 100_000;
    private static final Duration LONGEST_PERIOD = QuotaPeriod.DAY.length();

    private final Cache<String, List<Window>> windows = Caffeine.newBuilder()
            .maximumSize(MAX_QUOTAS)
            .expireAfterWrite(LONGEST_PERIOD)
            .build();
    private final Clock clock;

    LocalQuotas(Clock clock) {
        this.clock = clock;
    }

    QuotaUsage charge(String key, QuotaRule rule, int cost) {
        AtomicReference<QuotaUsage> usage = new AtomicReference<>();
        windows.asMap().compute(key, (ignored, current) -> {
            Charged charged = rule.charge(current, cost, clock.millis());
            usage.set(charged.usage());
            return charged.windows();
        });
        return usage.get();
    }
}
