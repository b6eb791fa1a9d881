package dev.fanfare.delivery.partition;

import java.time.Duration;
import java.time.LocalDate;

/**
 * A table of the schema {@code delivery} that is partitioned by range of a column {@code day}, a date of UTC. Whoever has
 * one makes it known as a bean; {@link DayPartitions} does the rest.
 *
 * @param name without the schema
 * @param kept how long its rows are kept, rounded up to days
 */
public record DayTable(String name, Duration kept) {

    /** The oldest day of which rows are kept. */
    public LocalDate oldest(LocalDate today) {
        return today.minusDays(kept.plusDays(1).minusNanos(1).toDays());
    }
}
