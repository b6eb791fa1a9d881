package dev.fanfare.standalone.demo;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads from the public outcome topic, from now on, which pushes were sent; as another system would. */
final class PushOutcomes implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final List<DeliveryOutcome> pushed = new CopyOnWriteArrayList<>();
    private final Changes changes;
    private final Consumer<String, byte[]> consumer;
    private final Thread reader = new Thread(this::read, "demo-outcomes");

    PushOutcomes(String bootstrapServers, Changes changes) {
        this.changes = changes;
        consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topic.DELIVERY_OUTCOME.topicName()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        reader.setDaemon(true);
        reader.start();
    }

    Optional<DeliveryOutcome> of(String user, String messageUid) {
        return pushed.stream()
                .filter(outcome ->
                        outcome.userId().equals(user) && outcome.messageUID().equals(messageUid))
                .findFirst();
    }

    /** The reading thread closes the consumer, which no other may touch. */
    @Override
    public void close() {
        consumer.wakeup();
    }

    private void read() {
        try (consumer) {
            while (true) {
                for (var record : consumer.poll(POLL)) {
                    DeliveryOutcome outcome = Json.read(record.value(), DeliveryOutcome.class);
                    if (outcome.outcome() == DeliveryOutcome.Kind.PUSHED) {
                        pushed.add(outcome);
                        changes.tell();
                    }
                }
            }
        } catch (WakeupException e) {
            changes.tell();
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("the outcome topic has what is no outcome", e);
        }
    }
}
