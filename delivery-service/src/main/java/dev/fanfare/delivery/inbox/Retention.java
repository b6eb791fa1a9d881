package dev.fanfare.delivery.inbox;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/** How long an app's messages are kept, in days of UTC: the unit in which they go. */
@ApplicationScoped
class Retention {

    private static final Duration MAX = Duration.ofDays(30);

    private final Duration usual;
    private final Map<String, Duration> byApp;
    private final Clock clock;

    @Inject
    Retention(InboxConfig config) {
        this(config, Clock.systemUTC());
    }

    Retention(InboxConfig config, Clock clock) {
        this.usual = checked("fanfare.inbox.retention", config.retention());
        this.byApp = Map.copyOf(config.retentionOf());
        byApp.forEach((app, time) -> {
            if (checked("fanfare.inbox.retention-of." + app, time).compareTo(usual) > 0) {
                throw new IllegalArgumentException("fanfare.inbox.retention-of." + app + " is longer than"
                        + " fanfare.inbox.retention, after which messages of all apps go. Raise that.");
            }
        });
        this.clock = clock;
    }

    private static Duration checked(String name, Duration time) {
        if (time.compareTo(Duration.ofDays(1)) < 0 || time.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(name + " is " + time + "; it must be between 1 and 30 days.");
        }
        return time;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** The oldest day of which the app's messages are kept. */
    LocalDate oldestOf(String appKey) {
        return dayOf(clock.instant().minus(byApp.getOrDefault(appKey, usual)));
    }

    /** The day to which a message belongs; a clock that goes ahead does not put it further than tomorrow. */
    LocalDate dayOf(long sentTime) {
        LocalDate day = dayOf(Instant.ofEpochMilli(sentTime));
        LocalDate tomorrow = today().plusDays(1);
        return day.isAfter(tomorrow) ? tomorrow : day;
    }

    private static LocalDate dayOf(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }
}
