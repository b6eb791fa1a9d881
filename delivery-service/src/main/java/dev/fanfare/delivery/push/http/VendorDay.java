package dev.fanfare.delivery.push.http;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/** The day by which the vendors in China count what they take and when: it is Beijing's. */
public final class VendorDay {

    private static final ZoneId BEIJING = ZoneId.of("Asia/Shanghai");

    private VendorDay() {}

    /** How long until a quota of the day is full again. */
    public static Duration untilNext(Instant now) {
        return until(LocalTime.MIDNIGHT, now);
    }

    /** How long until it is this time there. */
    public static Duration until(LocalTime time, Instant now) {
        ZonedDateTime there = now.atZone(BEIJING);
        ZonedDateTime today = there.with(time);
        return Duration.between(there, today.isAfter(there) ? today : today.plusDays(1));
    }
}
