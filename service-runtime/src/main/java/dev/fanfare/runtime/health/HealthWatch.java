package dev.fanfare.runtime.health;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Asks the health checks every ten seconds, so that their metric is true and "since" is no later than that, whether or not
 * anybody else asks.
 */
@ApplicationScoped
class HealthWatch {

    private static final Logger LOGGER = Logger.getLogger(HealthWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final SmallRyeHealthReporter health;
    private Cancellable watching = () -> {};

    HealthWatch(SmallRyeHealthReporter health) {
        this.health = health;
    }

    void onStart(@Observes StartupEvent event) {
        watching = Multi.createFrom()
                .ticks()
                .startingAfter(Duration.ofSeconds(1))
                .every(INTERVAL)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> ask())
                .subscribe()
                .with(ignored -> {}, e -> LOGGER.error("health checks are not watched any more", e));
    }

    /** Never fails. */
    private Uni<SmallRyeHealth> ask() {
        return health.getReadinessAsync()
                .chain(health::getWellnessAsync)
                .onFailure()
                .invoke(e -> LOGGER.debugf("health checks could not be asked: %s", e))
                .onFailure()
                .recoverWithNull();
    }

    void onStop(@Observes ShutdownEvent event) {
        watching.cancel();
    }
}
