package dev.fanfare.delivery.node;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Utils;

/**
 * The partitions of {@code fanfare.delivery.node.v1} that this node reads: its addresses. Thread-safe; changed by the
 * Kafka consumer's thread only, read by everybody.
 */
@ApplicationScoped
public class HeldMailboxes {

    private volatile Set<Integer> held = Set.of();

    public synchronized void add(Collection<Integer> partitions) {
        Set<Integer> now = new TreeSet<>(held);
        now.addAll(partitions);
        held = Set.copyOf(now);
    }

    public synchronized void remove(Collection<Integer> partitions) {
        Set<Integer> now = new TreeSet<>(held);
        partitions.forEach(now::remove);
        held = Set.copyOf(now);
    }

    public boolean holds(int partition) {
        return held.contains(partition);
    }

    public boolean isEmpty() {
        return held.isEmpty();
    }

    /**
     * The mailbox in which the records of {@code userKey} shall be put; empty while this node holds none. Rendezvous
     * hashing: the same user has the same mailbox as long as this node holds it, whatever else comes and goes.
     */
    public OptionalInt choose(String userKey) {
        return choose(userKey, held);
    }

    static OptionalInt choose(String userKey, Set<Integer> partitions) {
        long user = Utils.murmur2(userKey.getBytes(StandardCharsets.UTF_8));
        int best = -1;
        long bestWeight = 0;
        for (int partition : partitions) {
            long weight = mix(user << Integer.SIZE | partition);
            if (best < 0 || weight > bestWeight || weight == bestWeight && partition < best) {
                best = partition;
                bestWeight = weight;
            }
        }
        return best < 0 ? OptionalInt.empty() : OptionalInt.of(best);
    }

    /** The finalizer of MurmurHash3: each bit of the input changes half of the output's. */
    private static long mix(long value) {
        long h = value;
        h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}
