package dev.fanfare.broadcast.schedule;

import dev.fanfare.contracts.command.AllUsersCommand.Schedule;
import dev.fanfare.contracts.command.CronRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a message is sent. Pure; the rule of a message that comes again was checked before. */
public final class Occurrences {

    private Occurrences() {}

    /**
     * What is to be done with a message whose time has come.
     *
     * @param run the time that is run now; empty: all that were missed are too long ago
     * @param next the time after that; empty: it does not come again
     */
    record Due(Optional<Instant> run, Optional<Instant> next) {}

    /** Whether it is sent at once: its time is not after that of its command. Does not depend on the clock. */
    public static boolean isNow(Schedule schedule, Instant given) {
        return schedule == null
                || (schedule.cron() == null
                        && !Instant.ofEpochMilli(schedule.sendAt()).isAfter(given));
    }

    /** When it is sent first; empty: never. */
    public static Optional<Instant> first(Schedule schedule, Instant given) {
        Instant sendAt = schedule.sendAt() == null ? given : Instant.ofEpochMilli(schedule.sendAt());
        if (schedule.cron() == null) {
            return Optional.of(sendAt);
        }
        Instant notBefore = sendAt.isAfter(given) ? sendAt.minusMillis(1) : given;
        return rule(schedule).next(notBefore, schedule.timeZone());
    }

    /**
     * A message with one time is sent however late it is. Of one that comes again, whose times were missed because nobody
     * was there to send it, the latest is made up for, unless that is too long ago; the others are left out.
     *
     * @param due the time that came
     */
    static Due due(Schedule schedule, Instant due, Instant now, Duration lateAtMost) {
        if (schedule.cron() == null) {
            return new Due(Optional.of(due), Optional.empty());
        }
        CronRule rule = rule(schedule);
        Instant oldest = now.minus(lateAtMost);
        Optional<Instant> latest = Optional.empty();
        Optional<Instant> candidate =
                due.isBefore(oldest) ? rule.next(oldest.minusMillis(1), schedule.timeZone()) : Optional.of(due);
        while (candidate.isPresent() && !candidate.get().isAfter(now)) {
            latest = candidate;
            candidate = rule.next(candidate.get(), schedule.timeZone());
        }
        return new Due(latest, candidate);
    }

    private static CronRule rule(Schedule schedule) {
        return CronRule.read(schedule.cron())
                .orElseThrow(() -> new IllegalStateException("a job has a schedule that was not checked"));
    }
}
