package dev.fanfare.delivery.inbox;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Days come and go: the partitions of the inbox are made two days ahead, and dropped as a whole when their messages are
 * too old. Any number of nodes may do so at once. What is stored before the first of them was made at all is tried again.
 */
@ApplicationScoped
class InboxPartitions {

    private static final Logger LOGGER = Logger.getLogger(InboxPartitions.class);
    private static final Duration TRY_AGAIN = Duration.ofMillis(200);
    private static final Duration TRY_AGAIN_LATER = Duration.ofSeconds(10);
    private static final String MOVE_ON = "select delivery.inbox_partitions($1, $2)";

    private final Pool pool;
    private final Retention retention;

    InboxPartitions(Pool pool, Retention retention) {
        this.pool = pool;
        this.retention = retention;
    }

    void onStart(@Observes StartupEvent event) {
        moveOn().subscribe().with(ignored -> {}, e -> LOGGER.error("the inbox has no partitions", e));
    }

    @Scheduled(every = "1h", delayed = "1h", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> moveOn() {
        return pool.preparedQuery(MOVE_ON)
                .execute(Tuple.of(retention.today(), retention.oldest()))
                .onFailure()
                .invoke(e -> LOGGER.warnf("the inbox could not move on to another day, trying again: %s", e))
                .onFailure()
                .retry()
                .withBackOff(TRY_AGAIN, TRY_AGAIN_LATER)
                .indefinitely()
                .replaceWithVoid();
    }
}
