package dev.fanfare.delivery.push;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Whose jobs are whose. A partition that Kafka takes from this node is let go when what is with the providers is answered
 * and remembered, and nothing more of it is sent: its next owner neither misses nor repeats a push. Thread-safe.
 */
@ApplicationScoped
@Identifier(PushClaims.NAME)
class PushClaims implements KafkaConsumerRebalanceListener {

    /** How the channels name their listener. */
    static final String NAME = "push-claims";

    private static final Logger LOGGER = Logger.getLogger(PushClaims.class);
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final Duration patience;
    /** The partitions that are this node's, since they were given to it. Guarded by itself. */
    private final Map<TopicPartition, Holding> held = new HashMap<>();

    @Inject
    PushClaims(PushConfig config) {
        this(config.lane().timeout().plus(SLACK));
    }

    /** @param patience how long what was begun is waited for */
    PushClaims(Duration patience) {
        this.patience = patience;
    }

    /** A partition, from the moment at which it was given to this node to that at which it is taken. */
    private static final class Holding {
        private int begun;
    }

    /** The right to do what a record says. */
    interface Claim {

        /** Whether it may be begun now. If so, {@link #end} must follow. */
        boolean begin();

        void end();
    }

    Claim claim(TopicPartition partition) {
        synchronized (held) {
            Holding holding = held.get(partition);
            return new Claim() {
                @Override
                public boolean begin() {
                    synchronized (held) {
                        boolean ours = holding != null && held.get(partition) == holding;
                        if (ours) {
                            holding.begun++;
                        }
                        return ours;
                    }
                }

                @Override
                public void end() {
                    synchronized (held) {
                        holding.begun--;
                        held.notifyAll();
                    }
                }
            };
        }
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        synchronized (held) {
            partitions.forEach(partition -> held.put(partition, new Holding()));
        }
    }

    /** On the consumer's thread, which may wait: afterwards the partitions are another's. */
    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (held) {
            Collection<Holding> going = partitions.stream()
                    .map(held::remove)
                    .filter(holding -> holding != null)
                    .toList();
            try {
                while (going.stream().anyMatch(holding -> holding.begun > 0)) {
                    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                    if (left <= 0) {
                        LOGGER.warn("push jobs were taken away while providers did not answer");
                        return;
                    }
                    held.wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        synchronized (held) {
            held.keySet().removeAll(partitions);
        }
    }
}
