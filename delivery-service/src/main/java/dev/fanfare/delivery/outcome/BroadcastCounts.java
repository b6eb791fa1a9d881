package dev.fanfare.delivery.outcome;

import dev.fanfare.contracts.delivery.DeliveryCount;
import dev.fanfare.delivery.node.NodeIdentity;
import dev.fanfare.delivery.session.SessionRegistry;
import dev.fanfare.delivery.window.Broadcast;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;

/**
 * Tells once a second to how many sessions of this node each broadcast was written since the last time. Best effort: what
 * was counted since then goes with the node.
 */
@ApplicationScoped
class BroadcastCounts {

    private final SessionRegistry sessions;
    private final BestEffortOutcomes outcomes;
    private final String source;
    /** How often something was told. */
    private long told;

    BroadcastCounts(SessionRegistry sessions, BestEffortOutcomes outcomes, NodeIdentity node) {
        this.sessions = sessions;
        this.outcomes = outcomes;
        this.source = "node/" + node.id();
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> tell() {
        return sessions.takeTally().invoke(this::tellOf).replaceWithVoid();
    }

    /** One call after the other. */
    private synchronized void tellOf(Map<Broadcast, Integer> tally) {
        if (tally.isEmpty()) {
            return;
        }
        long number = ++told;
        long now = System.currentTimeMillis();
        tally.forEach((broadcast, count) -> outcomes.tell(Outcomes.record(
                new DeliveryCount(broadcast.appKey(), broadcast.messageUid(), source, number, count, 0, now))));
    }
}
