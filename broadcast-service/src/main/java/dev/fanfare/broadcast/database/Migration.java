package dev.fanfare.broadcast.database;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;

/**
 * Brings the schema up to date beside the start of the service, and tries until the database is there: broadcasts need
 * none, and a node that starts without it must serve them.
 */
@ApplicationScoped
class Migration {

    private static final Logger LOGGER = Logger.getLogger(Migration.class);
    private static final Duration TRY_AGAIN = Duration.ofMillis(500);
    private static final Duration TRY_AGAIN_LATER = Duration.ofSeconds(5);

    private final Flyway flyway;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    Migration(Flyway flyway) {
        this.flyway = flyway;
    }

    void start(@Observes StartupEvent event) {
        Uni.createFrom()
                .item(flyway::migrate)
                .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                .onFailure()
                .invoke(e -> LOGGER.warnf("the schema cannot be brought up to date now, trying again: %s", e))
                .onFailure()
                .retry()
                .withBackOff(TRY_AGAIN, TRY_AGAIN_LATER)
                .indefinitely()
                .subscribe()
                .with(result -> done.complete(null));
    }

    /** Completes when the schema is what this version needs. */
    Uni<Void> done() {
        // A copy, for whoever stops waiting cancels what it waited for.
        return Uni.createFrom().completionStage(done::copy);
    }
}
