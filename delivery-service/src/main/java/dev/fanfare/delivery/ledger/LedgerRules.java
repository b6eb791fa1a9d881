package dev.fanfare.delivery.ledger;

import dev.fanfare.contracts.delivery.DeliveryCount;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.JobProgress;
import java.time.Instant;

/** What a record must be like so that PostgreSQL can keep it: one that it refuses would stop all that come after it. */
final class LedgerRules {

    /** The end of the year 9999. */
    private static final long MAX_TIME = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

    private LedgerRules() {}

    static boolean isComplete(DeliveryOutcome outcome) {
        return isName(outcome.appKey())
                && isName(outcome.userId())
                && isName(outcome.messageUID())
                && (outcome.deviceId() == null || isText(outcome.deviceId()))
                && outcome.outcome() != null
                && isTime(outcome.time());
    }

    static boolean isComplete(DeliveryCount count) {
        return isName(count.appKey())
                && isName(count.messageUID())
                && isName(count.source())
                && count.told() >= 0
                && count.notOnline() >= 0
                && isTime(count.time());
    }

    static boolean isComplete(JobProgress progress) {
        return isName(progress.appKey())
                && isName(progress.messageUID())
                && progress.state() != null
                && progress.users() >= 0
                && progress.audience() >= 0
                && progress.usersPerSecond() >= 0
                && (progress.endsAt() == null || isTime(progress.endsAt()))
                && isTime(progress.time());
    }

    /** What a provider said is kept as far as it can be; null stays null. */
    static String keepable(String text) {
        return text == null ? null : text.replace("\0", "");
    }

    private static boolean isName(String text) {
        return text != null && !text.isEmpty() && isText(text);
    }

    /** PostgreSQL's texts have everything but this. */
    private static boolean isText(String text) {
        return text.indexOf('\0') < 0;
    }

    private static boolean isTime(long time) {
        return time >= 0 && time <= MAX_TIME;
    }
}
