package dev.fanfare.delivery.recall;

import dev.fanfare.delivery.partition.DayTable;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The days of recalls: they go when nothing of a message can be on its way any more. */
@Singleton
class RecalledTable {

    @Produces
    @Singleton
    DayTable recalled(@ConfigProperty(name = "fanfare.recall.retention", defaultValue = "7d") Duration retention) {
        return new DayTable("recalled", retention);
    }
}
