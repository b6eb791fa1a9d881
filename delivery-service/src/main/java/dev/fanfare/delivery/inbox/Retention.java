package dev.fanfare.delivery.inbox;

import dev.fanfare.contracts.app.AppSettings;
import dev.fanfare.delivery.app.KnownApps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * How long an app's messages are kept, in days of UTC: the unit in which they go. The days of all apps go together, when
 * the longest time that an app may have is over; what is older than its own app's time is neither stored nor read.
 */
@ApplicationScoped
class Retention {

    private static final Logger LOGGER = Logger.getLogger(Retention.class);
    private static final Duration LONGEST = Duration.ofDays(30);

    private final Duration usual;
    private final Duration max;
    private final KnownApps apps;
    private final Clock clock;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    @Inject
    Retention(InboxConfig config, KnownApps apps) {
        this(config, apps, Clock.systemUTC());
    }

    Retention(InboxConfig config, KnownApps apps, Clock clock) {
        this.usual = checked("fanfare.inbox.retention", config.retention());
        this.max = checked("fanfare.inbox.max-retention", config.maxRetention().orElse(usual));
        if (max.compareTo(usual) < 0) {
            throw new IllegalArgumentException("fanfare.inbox.max-retention is shorter than fanfare.inbox.retention");
        }
        this.apps = apps;
        this.clock = clock;
    }

    private static Duration checked(String name, Duration time) {
        if (time.compareTo(Duration.ofDays(1)) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " is " + time + "; it must be between 1 and 30 days.");
        }
        return time;
    }

    /** After this time messages of all apps go. */
    Duration max() {
        return max;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** The oldest day of which the app's messages are kept. */
    LocalDate oldestOf(String appKey) {
        Duration kept = apps.of(appKey)
                .map(AppSettings::inboxDays)
                .map(days -> atMostMax(appKey, Duration.ofDays(days)))
                .orElse(usual);
        return dayOf(clock.instant().minus(kept));
    }

    private Duration atMostMax(String appKey, Duration asked) {
        if (asked.compareTo(max) <= 0) {
            return asked;
        }
        if (warned.add(appKey)) {
            LOGGER.warnf(
                    "app %s wants its messages kept for %d days, but fanfare.inbox.max-retention is %d days",
                    appKey, asked.toDays(), max.toDays());
        }
        return max;
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
