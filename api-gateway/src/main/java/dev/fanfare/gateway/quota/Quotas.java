package dev.fanfare.gateway.quota;

import dev.fanfare.gateway.UnavailableException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Counts what an app uses of an endpoint. Shared by all gateways through Redis; kept by each gateway for itself while
 * Redis is away. Never fails.
 */
@ApplicationScoped
public class Quotas {

    private final SharedQuotas shared;
    private final LocalQuotas local;

    Quotas(SharedQuotas shared, LocalQuotas local) {
        this.shared = shared;
        this.local = local;
    }

    /** Gives back one that was taken for a call which came to nothing; what has ended meanwhile is not touched. */
    public Uni<Void> giveBack(String appKey, EndpointQuota quota, List<QuotaLimit> limits) {
        return charge(appKey, quota, limits, -1).replaceWithVoid();
    }

    /**
     * Takes {@code cost} of the app's quota of the endpoint, all of it or nothing.
     *
     * @param limits the app's, in the order of the endpoint's
     */
    public Uni<QuotaUsage> charge(String appKey, EndpointQuota quota, List<QuotaLimit> limits, int cost) {
        QuotaRule rule = new QuotaRule(limits);
        // Redis keeps keys with the same words in braces in one place, which the script needs.
        String key = "fanfare:quota:{" + appKey + ":" + quota.counter().endpoint() + "}";
        return shared.charge(key, rule, cost)
                .onFailure(UnavailableException.class)
                .recoverWithItem(() -> local.charge(key, rule, cost));
    }
}
