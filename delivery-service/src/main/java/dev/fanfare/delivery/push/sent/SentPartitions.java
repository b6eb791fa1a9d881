package dev.fanfare.delivery.push.sent;

import dev.fanfare.delivery.push.PushConfig;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;

/**
 * The days of what was accepted: their partitions are made two days ahead, and dropped as a whole when no job can come
 * back. Any number of nodes may do so at once. What is written before the first of them was made at all is tried again.
 */
@ApplicationScoped
class SentPartitions {

    private static final Logger LOGGER = Logger.getLogger(SentPartitions.class);
    private static final Duration TRY_AGAIN = Duration.ofMillis(200);
    private static final Duration TRY_AGAIN_LATER = Duration.ofSeconds(10);
    private static final String MOVE_ON = "select delivery.push_sent_partitions($1, $2)";

    private final Pool pool;
    private final long daysKept;

    SentPartitions(Pool pool, PushConfig config) {
        this.pool = pool;
        this.daysKept = config.sentRetention().plusDays(1).minusNanos(1).toDays();
    }

    void onStart(@Observes StartupEvent event) {
        moveOn().subscribe().with(ignored -> {}, e -> LOGGER.error("accepted pushes have no partitions", e));
    }

    @Scheduled(every = "1h", delayed = "1h", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> moveOn() {
        return Uni.createFrom()
                .deferred(() -> moveOn(LocalDate.now(Clock.system(ZoneOffset.UTC))))
                .onFailure()
                .invoke(e -> LOGGER.warnf("accepted pushes could not move on to another day, trying again: %s", e))
                .onFailure()
                .retry()
                .withBackOff(TRY_AGAIN, TRY_AGAIN_LATER)
                .indefinitely();
    }

    Uni<Void> moveOn(LocalDate today) {
        return pool.preparedQuery(MOVE_ON)
                .execute(Tuple.of(today, today.minusDays(daysKept)))
                .replaceWithVoid();
    }
}
