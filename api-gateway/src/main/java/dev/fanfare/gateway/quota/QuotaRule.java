package dev.fanfare.gateway.quota;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Fixed windows, each of which begins with the first call in it: at most so much in each. A call that would go over the
 * limit of one is refused whole and costs nothing in any. What is below zero is given back, as far as the windows in which it
 * was taken are still there. Pure; the Lua script of {@link SharedQuotas} says the same.
 */
record QuotaRule(List<QuotaLimit> limits) {

    /**
     * The windows after a call of {@code cost} at {@code now}, and whether the call was admitted.
     *
     * @param current in the order of the limits; null: none has begun
     */
    Charged charge(List<Window> current, int cost, long nowMillis) {
        List<Window> windows = new ArrayList<>();
        boolean admitted = true;
        for (int i = 0; i < limits.size(); i++) {
            QuotaLimit limit = limits.get(i);
            Window window = current != null && current.get(i).hasBegun(nowMillis)
                    ? current.get(i)
                    : new Window(0, nowMillis + limit.period().length().toMillis());
            windows.add(window);
            admitted &= cost <= 0 || (long) window.used() + cost <= limit.most();
        }
        List<Window> after = admitted
                ? windows.stream()
                        .map(window -> new Window(Math.max(0, window.used() + cost), window.endsAt()))
                        .toList()
                : windows;
        return new Charged(after, usage(admitted, cost, after, nowMillis));
    }

    private QuotaUsage usage(boolean admitted, int cost, List<Window> after, long nowMillis) {
        List<QuotaUsage> usages = new ArrayList<>();
        for (int i = 0; i < limits.size(); i++) {
            Window window = after.get(i);
            usages.add(usage(admitted, cost, limits.get(i), window.used(), window.endsAt() - nowMillis));
        }
        return QuotaUsage.tightest(usages);
    }

    /** Of one window. */
    static QuotaUsage usage(boolean admitted, int cost, QuotaLimit limit, int used, long millisLeft) {
        boolean fits = admitted || (long) used + cost <= limit.most();
        return new QuotaUsage(fits, limit.most(), used, Duration.ofMillis(millisLeft));
    }

    /** What has been used in a period. */
    record Window(int used, long endsAt) {

        private boolean hasBegun(long nowMillis) {
            return used > 0 && nowMillis < endsAt;
        }
    }

    /** Windows, and what to tell the caller. */
    record Charged(List<Window> windows, QuotaUsage usage) {}
}
