package dev.fanfare.delivery.quiet;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * When a user does not want to be disturbed by pushes, every day; RongCloud's {@code blockPushPeriod}.
 *
 * @param periodMinutes from {@code startTime} on, over midnight if need be; 0 to {@value #MAX_MINUTES}, 0 for not at all
 * @param level RongCloud's, kept and told as it was given. Its lowest level lets private and mentioning messages through:
 *     system messages are neither, so that every level means the same here
 */
public record QuietTime(LocalTime startTime, int periodMinutes, int level) {

    public static final int MAX_MINUTES = 1439;

    private static final long DAY = Duration.ofDays(1).toSeconds();

    /** @param zone whose clock the user looks at */
    public boolean isQuiet(Instant now, ZoneId zone) {
        long since =
                Math.floorMod(now.atZone(zone).toLocalTime().toSecondOfDay() - (long) startTime.toSecondOfDay(), DAY);
        return since < Duration.ofMinutes(periodMinutes).toSeconds();
    }
}
