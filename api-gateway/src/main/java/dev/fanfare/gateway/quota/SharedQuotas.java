package dev.fanfare.gateway.quota;

import dev.fanfare.gateway.redis.Redis;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The quotas that all gateways share, in Redis: one script, so that two gateways never both take the last unit. */
@ApplicationScoped
class SharedQuotas {

    /**
     * {@link QuotaRule} in Lua. KEYS: windows. ARGV: cost, then limit and period in ms of each window. Answers admitted, then
     * used and ms left of each window.
     */
    private static final String SCRIPT =
            """
            local cost, admitted, answer = tonumber(ARGV[1]), 1, {}
            for i, key in ipairs(KEYS) do
              local used = tonumber(redis.call('GET', key) or '0')
              if cost > 0 and used + cost > tonumber(ARGV[2 * i]) then admitted = 0 end
              local left = redis.call('PTTL', key)
              if left < 0 then left = tonumber(ARGV[2 * i + 1]) end
              answer[2 * i], answer[2 * i + 1] = used, left
            end
            answer[1] = admitted
            for i, key in ipairs(KEYS) do
              if admitted == 1 and cost ~= 0 and answer[2 * i] + cost >= 0 then
                answer[2 * i] = redis.call('INCRBY', key, cost)
                if redis.call('PTTL', key) < 0 then redis.call('PEXPIRE', key, answer[2 * i + 1]) end
              end
            end
            return answer
            """;

    private final Redis redis;

    SharedQuotas(Redis redis) {
        this.redis = redis;
    }

    Uni<QuotaUsage> charge(String key, QuotaRule rule, int cost) {
        List<String> arguments = new ArrayList<>();
        arguments.add(SCRIPT);
        arguments.add(Integer.toString(rule.limits().size()));
        rule.limits().forEach(limit -> arguments.add(key + ":" + limit.period().label()));
        arguments.add(Integer.toString(cost));
        rule.limits().forEach(limit -> {
            arguments.add(Integer.toString(limit.most()));
            arguments.add(Long.toString(limit.period().length().toMillis()));
        });
        return redis.execute("EVAL", arguments.toArray(String[]::new)).map(answer -> usage(rule, cost, answer));
    }

    private static QuotaUsage usage(QuotaRule rule, int cost, Response answer) {
        boolean admitted = answer.get(0).toInteger() == 1;
        return QuotaUsage.tightest(IntStream.range(0, rule.limits().size())
                .mapToObj(i -> QuotaRule.usage(
                        admitted,
                        cost,
                        rule.limits().get(i),
                        answer.get(2 * i + 1).toInteger(),
                        answer.get(2 * i + 2).toLong()))
                .toList());
    }
}
