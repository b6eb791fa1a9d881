package dev.fanfare.delivery.push.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Exponential back-off with jitter: a push that failed once waits in the first delay topic, then in the second, and so on,
 * then in the last again and again. Within a topic it waits for the topic's delay and up to half as long again, at random;
 * so each topic is nearly in the order in which its records are due. A pure function.
 */
public final class RetryPlan {

    /** What a delay may become, of itself. */
    private static final double JITTER = 0.5;

    private final List<Duration> delays;

    /** @param delays of each {@link RetryLevel}, ascending */
    public RetryPlan(List<Duration> delays) {
        if (delays.size() != RetryLevel.values().length) {
            throw new IllegalArgumentException(
                    "fanfare.push.retry.delays must be " + RetryLevel.values().length + " durations");
        }
        for (int i = 0; i < delays.size(); i++) {
            if (delays.get(i).toMillis() < 1 || i > 0 && delays.get(i).compareTo(delays.get(i - 1)) < 0) {
                throw new IllegalArgumentException(
                        "fanfare.push.retry.delays must be positive and ascending: " + delays);
            }
        }
        this.delays = List.copyOf(delays);
    }

    /** The next try: where the push waits, and until when. */
    public record Next(RetryLevel level, Instant dueAt) {}

    /**
     * @param attempts that have failed; 0 if it was not tried because others were
     * @param atLeast what the provider asked for; where it is longer than a topic's, the push comes back early, finds the
     *     provider's lane shut and waits again
     * @param random in [0, 1)
     * @return empty if it would be too late then
     */
    public Optional<Next> next(int attempts, Duration atLeast, Instant now, Instant expiresAt, double random) {
        int level = Math.max(0, Math.min(attempts, delays.size()) - 1);
        while (level + 1 < delays.size() && delays.get(level + 1).compareTo(atLeast) <= 0) {
            level++;
        }
        long delay = delays.get(level).toMillis();
        Instant dueAt = now.plusMillis(delay + (long) (delay * JITTER * random));
        return dueAt.isBefore(expiresAt) ? Optional.of(new Next(RetryLevel.values()[level], dueAt)) : Optional.empty();
    }

    /** How much earlier than the last the first of those may be due that are read together. */
    public Duration slice(RetryLevel level) {
        return delays.get(level.ordinal()).dividedBy(10);
    }
}
