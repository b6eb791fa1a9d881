package dev.fanfare.delivery.presence;

import dev.fanfare.delivery.node.NodeIdentity;
import dev.fanfare.delivery.node.RedisPipeline;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Tells that Redis lost its data. The generation key is made by the first node that finds it missing, together with a
 * mark that presence is settling, which runs out by itself. No clocks are compared. Called by one scheduled job at a time.
 */
@ApplicationScoped
class PresenceGeneration {

    private final RedisPipeline redis;
    private final NodeIdentity node;
    private final PresenceConfig config;

    private volatile String known;

    PresenceGeneration(RedisPipeline redis, NodeIdentity node, PresenceConfig config) {
        this.redis = redis;
        this.node = node;
        this.config = config;
    }

    /** Whether Redis lost its data since this was asked last. If so presence counts as unsettled from now on. */
    Uni<Boolean> wasLost() {
        return read().flatMap(found -> found != null ? Uni.createFrom().item(found) : create())
                .flatMap(current -> {
                    boolean lost = known != null && !known.equals(current);
                    known = current;
                    return lost
                            ? unsettle().replaceWith(true)
                            : Uni.createFrom().item(false);
                });
    }

    /** Presence is incomplete, from now on for the settling time. */
    Uni<Void> unsettle() {
        return redis.send(List.of(PresenceCommands.settling(config.settle()))).replaceWithVoid();
    }

    private Uni<String> create() {
        String value = System.currentTimeMillis() + "-" + node.id();
        // The mark first: there is no moment at which the generation is there and presence looks complete.
        return unsettle()
                .chain(() -> redis.send(List.of(PresenceCommands.newGeneration(value))))
                .chain(this::read);
    }

    private Uni<String> read() {
        return redis.send(List.of(PresenceCommands.generation()))
                .map(replies -> replies.get(0) == null ? null : replies.get(0).toString());
    }
}
