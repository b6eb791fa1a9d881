package dev.fanfare.gateway.quota;

import dev.fanfare.gateway.redis.Redis;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** The quotas that all gateways share, in Redis: one script, so that two gateways never both take the last unit. */
@ApplicationScoped
class SharedQuotas {

    /** {@link QuotaRule} in Lua. KEYS: window. ARGV: cost, limit, period in ms. Answers admitted, used, ms left. */
    private static final String SCRIPT =
            """
            local used = tonumber(redis.call('GET', KEYS[1]) or '0')
            local left = redis.call('PTTL', KEYS[1])
            local cost, limit, period = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
            if used + cost > limit then
              if left < 0 then left = period end
              return {0, used, left}
            end
            used = redis.call('INCRBY', KEYS[1], cost)
            if left < 0 then
              redis.call('PEXPIRE', KEYS[1], period)
              left = period
            end
            return {1, used, left}
            """;

    private final Redis redis;

    SharedQuotas(Redis redis) {
        this.redis = redis;
    }

    Uni<QuotaUsage> charge(String key, QuotaRule rule, int cost) {
        return redis.execute(
                        "EVAL",
                        SCRIPT,
                        "1",
                        key,
                        Integer.toString(cost),
                        Integer.toString(rule.limit()),
                        Long.toString(rule.period().toMillis()))
                .map(answer -> usage(rule, answer));
    }

    private static QuotaUsage usage(QuotaRule rule, Response answer) {
        return new QuotaUsage(
                answer.get(0).toInteger() == 1,
                rule.limit(),
                answer.get(1).toInteger(),
                Duration.ofMillis(answer.get(2).toLong()));
    }
}
