package dev.fanfare.delivery.push.http;

import dev.fanfare.delivery.push.Push;
import java.time.Duration;
import java.time.Instant;

/** How long a provider shall try. */
public final class TimeToLive {

    private TimeToLive() {}

    /** Until the push expires, as far as the vendor lets it be said. */
    public static Duration of(Push push, Instant now, Duration least, Duration most) {
        Duration left = Duration.between(now, push.expiresAt());
        if (left.compareTo(least) < 0) {
            return least;
        }
        return left.compareTo(most) > 0 ? most : left;
    }
}
