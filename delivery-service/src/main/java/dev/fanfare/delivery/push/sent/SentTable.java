package dev.fanfare.delivery.push.sent;

import dev.fanfare.delivery.partition.DayTable;
import dev.fanfare.delivery.push.PushConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The days of what was accepted: they go when no job can come back. */
@Singleton
class SentTable {

    @Produces
    @Singleton
    DayTable sent(PushConfig config) {
        return new DayTable("push_sent", config.sentRetention());
    }
}
