package dev.fanfare.standalone.doctor;

import java.time.Duration;

/**
 * Whether another machine's clock is near enough to this one's. Signatures are judged by the brokers' clock and expiries by
 * PostgreSQL's; both bear some seconds.
 */
final class ClockRule {

    private static final Duration BEARABLE = Duration.ofSeconds(2);

    private ClockRule() {}

    /** @param ahead how far the other clock is before this one; negative: behind */
    static Finding judge(String part, Duration ahead) {
        double seconds = ahead.toMillis() / 1000.0;
        return ahead.abs().compareTo(BEARABLE) <= 0
                ? Finding.well(part, "answers, and its clock agrees with this machine's")
                : Finding.wrong(
                        part,
                        "its clock is %.1f s %s this machine's"
                                .formatted(Math.abs(seconds), seconds > 0 ? "before" : "behind"),
                        "Have both follow NTP (chronyc tracking, timedatectl)");
    }
}
