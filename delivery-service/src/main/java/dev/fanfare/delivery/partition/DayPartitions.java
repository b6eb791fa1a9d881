package dev.fanfare.delivery.partition;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Days come and go: the partitions of each {@link DayTable} are made two days ahead, and dropped as a whole when their
 * rows are too old. Any number of nodes may do so at once. What is written before the first of them was made at all is for
 * the writer to try again.
 */
@ApplicationScoped
public class DayPartitions {

    private static final Logger LOGGER = Logger.getLogger(DayPartitions.class);
    private static final Duration TRY_AGAIN = Duration.ofMillis(200);
    private static final Duration TRY_AGAIN_LATER = Duration.ofSeconds(10);
    private static final String MOVE_ON = "select delivery.day_partitions($1, $2, $3)";

    private final Pool pool;
    private final List<DayTable> tables;

    DayPartitions(Pool pool, @All List<DayTable> tables) {
        this.pool = pool;
        this.tables = tables;
    }

    void onStart(@Observes StartupEvent event) {
        moveOn().subscribe().with(ignored -> {}, e -> LOGGER.error("there are no partitions", e));
    }

    /** Completes when all tables have those of today, however long PostgreSQL is away. */
    @Scheduled(every = "1h", delayed = "1h", concurrentExecution = ConcurrentExecution.SKIP)
    public Uni<Void> moveOn() {
        return Multi.createFrom()
                .iterable(tables)
                .onItem()
                .transformToUniAndConcatenate(this::moveOn)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> moveOn(DayTable table) {
        return Uni.createFrom()
                .deferred(() -> {
                    LocalDate today = LocalDate.now(ZoneOffset.UTC);
                    return pool.preparedQuery(MOVE_ON).execute(Tuple.of(table.name(), today, table.oldest(today)));
                })
                .onFailure()
                .invoke(e -> LOGGER.warnf("%s could not move on to another day, trying again: %s", table.name(), e))
                .onFailure()
                .retry()
                .withBackOff(TRY_AGAIN, TRY_AGAIN_LATER)
                .indefinitely()
                .replaceWithVoid();
    }
}
