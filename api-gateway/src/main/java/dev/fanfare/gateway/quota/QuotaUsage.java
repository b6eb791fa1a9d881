package dev.fanfare.gateway.quota;

import java.time.Duration;

/**
 * What a call did to the quota of its app and endpoint.
 *
 * @param admitted false: over the limit, and not counted
 * @param resetIn until the whole limit is there again
 */
public record QuotaUsage(boolean admitted, int limit, int used, Duration resetIn) {

    public int remaining() {
        return Math.max(0, limit - used);
    }

    /** {@link #resetIn()} in whole seconds, rounded up, so that who waits that long waits long enough. */
    public long resetSeconds() {
        return (resetIn.toMillis() + 999) / 1000;
    }
}
