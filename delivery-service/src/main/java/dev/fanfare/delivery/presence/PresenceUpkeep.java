package dev.fanfare.delivery.presence;

import dev.fanfare.delivery.node.NodeEpoch;
import dev.fanfare.delivery.node.RolesConfig;
import dev.fanfare.delivery.outcome.RoutingMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

/**
 * The heartbeat: says that this node is alive, and looks whether Redis still has what was written to it. A node that does
 * not find its own sign of life was taken for dead by others, who may have removed its entries.
 */
@ApplicationScoped
class PresenceUpkeep {

    private static final Logger LOGGER = Logger.getLogger(PresenceUpkeep.class);

    private final NodeEpoch epoch;
    private final PresenceGeneration generation;
    private final Reannouncement reannouncement;
    private final RolesConfig roles;
    private final Counter losses;
    private volatile boolean stopping;

    PresenceUpkeep(
            NodeEpoch epoch,
            PresenceGeneration generation,
            Reannouncement reannouncement,
            RolesConfig roles,
            MeterRegistry metrics) {
        this.epoch = epoch;
        this.generation = generation;
        this.reannouncement = reannouncement;
        this.roles = roles;
        this.losses = metrics.counter(RoutingMetrics.PRESENCE_LOST);
    }

    @Scheduled(every = "${fanfare.node.heartbeat}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> beat() {
        return generation
                .wasLost()
                .invoke(this::onGeneration)
                .chain(() -> roles.edge() ? epoch.renew() : Uni.createFrom().item(true))
                .invoke(this::onEpoch)
                .onFailure()
                .invoke(e ->
                        LOGGER.logf(stopping ? Level.DEBUG : Level.WARN, "no heartbeat, Redis does not answer: %s", e))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    /** The node lives until its sessions are closed, but the Redis client may be closed before this job. */
    void onStop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    private void onGeneration(boolean lost) {
        if (lost) {
            LOGGER.warn("Redis lost its data: presence is incomplete until all sessions were announced again");
            losses.increment();
            reannouncement.requestAfterLoss();
        }
    }

    private void onEpoch(boolean wasAlive) {
        if (!wasAlive) {
            reannouncement.request();
        }
    }
}
