package dev.fanfare.delivery.ledger;

import dev.fanfare.contracts.message.MessageUid;
import dev.fanfare.delivery.partition.DayTable;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** The days of the ledger, of UTC: to which one a message belongs, and which are kept. */
@Singleton
class LedgerDays {

    private final DayTable outcomes;
    private final DayTable counts;
    private final DayTable jobs;
    private final Clock clock;

    @Inject
    LedgerDays(LedgerConfig config) {
        this(config, Clock.systemUTC());
    }

    LedgerDays(LedgerConfig config, Clock clock) {
        this.outcomes = new DayTable("ledger_outcome", config.retention());
        this.counts = new DayTable("ledger_count", config.retention());
        this.jobs = new DayTable("ledger_job", config.retention());
        this.clock = clock;
    }

    @Produces
    @Singleton
    DayTable outcomes() {
        return outcomes;
    }

    @Produces
    @Singleton
    DayTable counts() {
        return counts;
    }

    @Produces
    @Singleton
    DayTable jobs() {
        return jobs;
    }

    /**
     * The day on which the message was sent, as its id says, so that it is the same whatever is told of the message and
     * when; without such an id the day of the telling. An id that goes ahead does not put it further than tomorrow.
     *
     * @param toldAt ms since 1970
     * @return empty if nothing is kept of that day any more
     */
    Optional<LocalDate> of(String messageUid, long toldAt) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        long time = MessageUid.isValid(messageUid) ? MessageUid.timeOf(messageUid) : toldAt;
        LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC);
        if (day.isAfter(today)) {
            return Optional.of(today.plusDays(1));
        }
        return day.isBefore(outcomes.oldest(today)) ? Optional.empty() : Optional.of(day);
    }
}
