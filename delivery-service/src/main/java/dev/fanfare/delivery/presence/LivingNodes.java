package dev.fanfare.delivery.presence;

import dev.fanfare.delivery.node.NodeEpoch;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which nodes are alive. A node that was alive a moment ago is not asked about again: its death shows seconds later
 * anyway ({@code fanfare.node.heartbeat}), and what is sent to it meanwhile is sent on by whoever gets its mailboxes.
 * Thread-safe.
 */
@ApplicationScoped
class LivingNodes {

    private static final Duration MOMENT = Duration.ofMillis(250);

    private final NodeEpoch epochs;
    private final Map<String, Long> seenAlive = new ConcurrentHashMap<>();

    LivingNodes(NodeEpoch epochs) {
        this.epochs = epochs;
    }

    /** Those of {@code nodes} that are alive. Fails while Redis is away and one is not known. */
    Uni<Set<String>> among(Collection<String> nodes) {
        long now = System.nanoTime();
        seenAlive.values().removeIf(seen -> now - seen > MOMENT.toNanos());
        Set<String> alive = new HashSet<>();
        List<String> asked = nodes.stream()
                .distinct()
                .filter(node -> !(seenAlive.containsKey(node) && alive.add(node)))
                .toList();
        return epochs.alive(asked).map(found -> {
            found.forEach(node -> seenAlive.put(node, now));
            alive.addAll(found);
            return alive;
        });
    }
}
