package dev.fanfare.contracts.command;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * When a message comes again: the {@code cron} of a {@link AllUsersCommand.Schedule}. Five fields as UNIX has them (minute,
 * hour, day of the month, month, day of the week), lists, ranges, steps and English names of months and days included.
 * The gateway and broadcast-service read it by this class, so that what the one accepts the other can follow. Immutable.
 */
public final class CronRule {

    /** Longer than any useful rule; reading must stay cheap. */
    private static final int MAX_CHARS = 256;

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
    private static final ZonedDateTime ANY_TIME = ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private final ExecutionTime times;

    private CronRule(ExecutionTime times) {
        this.times = times;
    }

    /** @return empty if it is no such expression, or one whose time never comes, like the 31st of February */
    public static Optional<CronRule> read(String cron) {
        if (cron.length() > MAX_CHARS) {
            return Optional.empty();
        }
        try {
            ExecutionTime times = ExecutionTime.forCron(PARSER.parse(cron));
            return times.nextExecution(ANY_TIME).map(ignored -> new CronRule(times));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The first time after {@code last}, by the clocks of the time zone. A time that they leave out in spring does not come
     * that day; one that they show twice in autumn comes once.
     *
     * @param timeZone an IANA name; null: UTC
     */
    public Optional<Instant> next(Instant last, String timeZone) {
        ZoneId zone = timeZone == null ? ZoneOffset.UTC : ZoneId.of(timeZone);
        return times.nextExecution(last.atZone(zone)).map(ZonedDateTime::toInstant);
    }
}
