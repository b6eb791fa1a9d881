package dev.fanfare.delivery.drain;

import java.time.Duration;

/**
 * How many sessions go in each slice.
 *
 * @param perSecond wanted
 * @param within by then all must be gone
 */
record DrainPace(int perSecond, Duration within) {

    /** Time between two slices. */
    static final Duration SLICE = Duration.ofMillis(100);

    /**
     * @param sessions that are still here
     * @param passed since the drain began
     * @return at least 1
     */
    int slice(int sessions, Duration passed) {
        long slicesLeft = within.minus(passed).toMillis() / SLICE.toMillis();
        if (slicesLeft <= 1) {
            return Math.max(1, sessions);
        }
        long wanted = ceil(perSecond * SLICE.toMillis(), Duration.ofSeconds(1).toMillis());
        return (int) Math.max(1, Math.max(wanted, ceil(sessions, slicesLeft)));
    }

    private static long ceil(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
