package dev.fanfare.delivery.mailbox;

import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.delivery.presence.Reannouncement;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
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

    private final HeldMailboxes held;
    private final Reannouncement sessions;

    MailboxAssignment(HeldMailboxes held, Reannouncement sessions) {
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
        // The one place that waits: Kafka's contract is that what must precede the release is done on return.
        sessions.moveToHeldMailboxes().await().indefinitely();
    }

    private static List<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).sorted().toList();
    }
}
