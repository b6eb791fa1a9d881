package dev.fanfare.delivery.inbox;

import dev.fanfare.delivery.partition.DayTable;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The days of the inbox. */
@Singleton
class InboxTable {

    @Produces
    @Singleton
    DayTable messages(Retention retention) {
        return new DayTable("inbox_message", retention.max());
    }
}
