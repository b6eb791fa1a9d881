package dev.fanfare.gateway.quota;

import java.time.Duration;
import java.util.Locale;

/** How long a window of a quota is, from the first call in it. */
public enum QuotaPeriod {
    SECOND(Duration.ofSeconds(1)),
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1));

    private final Duration length;

    QuotaPeriod(Duration length) {
        this.length = length;
    }

    public Duration length() {
        return length;
    }

    /** How the admin API calls it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    QuotaLimit most(int calls) {
        return new QuotaLimit(calls, this);
    }
}
