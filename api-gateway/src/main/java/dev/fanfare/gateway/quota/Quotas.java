package dev.fanfare.gateway.quota;

import dev.fanfare.gateway.UnavailableException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Counts what an app uses of an endpoint. Shared by all gateways through Redis; kept by each gateway for itself while
 * Redis is away. Never fails.
 */
@ApplicationScoped
public class Quotas {

    /** Units that calls cost, by endpoint. Tag {@code result}: {@code ADMITTED} or {@code REFUSED}. */
    private static final String UNITS = "fanfare.gateway.quota.units";

    private static final String ADMITTED = "ADMITTED";
    private static final String REFUSED = "REFUSED";

    private final SharedQuotas shared;
    private final LocalQuotas local;
    private final MeterRegistry metrics;

    Quotas(SharedQuotas shared, LocalQuotas local, MeterRegistry metrics) {
        this.shared = shared;
        this.local = local;
        this.metrics = metrics;
        for (EndpointQuota quota : EndpointQuota.values()) {
            units(quota, ADMITTED);
            units(quota, REFUSED);
        }
    }

    /**
     * Takes {@code cost} of the app's quota of the endpoint, all of it or nothing.
     *
     * @param limits the app's, in the order of the endpoint's
     * @param cost below zero: is given back
     */
    public Uni<QuotaUsage> charge(String appKey, EndpointQuota quota, List<QuotaLimit> limits, int cost) {
        QuotaRule rule = new QuotaRule(limits);
        // Redis keeps keys with the same words in braces in one place, which the script needs.
        String key = "fanfare:quota:{" + appKey + ":" + quota.counter().endpoint() + "}";
        return shared.charge(key, rule, cost)
                .onFailure(UnavailableException.class)
                .recoverWithItem(() -> local.charge(key, rule, cost))
                .invoke(usage -> count(quota, usage, cost));
    }

    private void count(EndpointQuota quota, QuotaUsage usage, int cost) {
        units(quota, usage.admitted() ? ADMITTED : REFUSED).increment(cost);
    }

    private Counter units(EndpointQuota quota, String result) {
        return metrics.counter(UNITS, "endpoint", quota.endpoint(), "result", result);
    }
}
