package dev.fanfare.gateway.quota;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What a call did to the quota of its app and endpoint; of several windows to the one that matters most to the caller.
 *
 * @param admitted false: over the limit, and not counted
 * @param resetIn until the whole limit is there again
 */
public record QuotaUsage(boolean admitted, int limit, int used, Duration resetIn) {

    /** One that refuses before one that does not, then the one that has the least left, then the one that lasts longest. */
    static QuotaUsage tightest(List<QuotaUsage> ofWindows) {
        return ofWindows.stream()
                .min(Comparator.comparing(QuotaUsage::admitted)
                        .thenComparing(usage -> usage.admitted() ? usage.remaining() : 0)
                        .thenComparing(QuotaUsage::resetIn, Comparator.reverseOrder()))
                .orElseThrow();
    }

    public int remaining() {
        return Math.max(0, limit - used);
    }

    /** {@link #resetIn()} in whole seconds, rounded up, so that who waits that long waits long enough. */
    public long resetSeconds() {
        return (resetIn.toMillis() + 999) / 1000;
    }
}
