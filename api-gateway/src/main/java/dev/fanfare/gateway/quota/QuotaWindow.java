package dev.fanfare.gateway.quota;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A window of an endpoint's quota, for which an app may have a limit of its own. Its name is the endpoint's; where the
 * endpoint has several windows the period follows: {@code message/broadcast:hour}.
 */
public record QuotaWindow(EndpointQuota quota, QuotaPeriod period) {

    private static final String SEPARATOR = ":";

    /** Empty: there is none of this name. */
    public static Optional<QuotaWindow> of(String name) {
        return all().filter(window -> window.name().equals(name)).findFirst();
    }

    /** Every one that can have a limit. */
    public static Stream<QuotaWindow> all() {
        return Arrays.stream(EndpointQuota.values())
                .filter(quota -> quota.counter() == quota)
                .flatMap(quota -> quota.limits().stream().map(limit -> new QuotaWindow(quota, limit.period())));
    }

    public String name() {
        return quota.limits().size() == 1 ? quota.endpoint() : quota.endpoint() + SEPARATOR + period.label();
    }
}
