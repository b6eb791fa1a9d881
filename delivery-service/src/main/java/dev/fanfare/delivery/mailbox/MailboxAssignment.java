package dev.fanfare.delivery.mailbox;

import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.delivery.presence.OwnSessions;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Follows which partitions Kafka gives to this node and takes from it. On the consumer's own thread, which may block: a
 * partition is released when {@link #onPartitionsRevoked} returns, and by then nobody shall be sent there any more.
 */
@ApplicationScoped
@Identifier("delivery-edge") // the consumer group, by which the connector finds its listener
class MailboxAssignment implements KafkaConsumerRebalanceListener {

    private static final Logger LOGGER = Logger.getLogger(MailboxAssignment.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HeldMailboxes held;
    private final OwnSessions sessions;

    MailboxAssignment(HeldMailboxes held, OwnSessions sessions) {
        this.held = held;
        this.sessions = sessions;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        held.add(numbers(partitions));
        LOGGER.infof("mailboxes assigned: %s", numbers(partitions));
        move();
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        held.remove(numbers(partitions));
        LOGGER.infof("mailboxes revoked: %s", numbers(partitions));
        move();
    }

    private void move() {
        Uni<Void> moved = sessions.moveToHeldMailboxes()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .invoke(e -> LOGGER.warnf("sessions could not be announced under another mailbox yet: %s", e))
                .onFailure()
                .recoverWithNull();
        // The one place that waits: Kafka's contract is that what must precede the release is done on return.
        moved.await().indefinitely();
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).sorted().toList();
    }
}
