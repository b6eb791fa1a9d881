package dev.fanfare.gateway.quota;

import java.time.Duration;

/**
 * A fixed window that begins with the first call in it: at most {@code limit} in {@code period}. A call that would go
 * over is refused whole and costs nothing. Pure; the Lua script of {@link SharedQuotas} says the same.
 */
record QuotaRule(int limit, Duration period) {

    /** The window after a call of {@code cost} at {@code now}, and whether the call was admitted. */
    Charged charge(Window current, int cost, long nowMillis) {
        Window window = current == null || nowMillis >= current.endsAt()
                ? new Window(0, nowMillis + period.toMillis())
                : current;
        boolean admitted = (long) window.used() + cost <= limit;
        Window after = admitted ? new Window(window.used() + cost, window.endsAt()) : window;
        return new Charged(
                after, new QuotaUsage(admitted, limit, after.used(), Duration.ofMillis(after.endsAt() - nowMillis)));
    }

    /** What has been used in a period. */
    record Window(int used, long endsAt) {}

    /** A window, and what to tell the caller. */
    record Charged(Window window, QuotaUsage usage) {}
}
