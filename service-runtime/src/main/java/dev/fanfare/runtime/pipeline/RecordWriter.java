package dev.fanfare.runtime.pipeline;

import dev.fanfare.contracts.topic.Topic;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/**
 * The producer of the service's pipelines. Records are kept until all in-sync replicas have them, however long the brokers
 * are away, and stay in the order in which they were given. Thread-safe.
 */
@ApplicationScoped
class RecordWriter {

    private static final Logger LOGGER = Logger.getLogger(RecordWriter.class);
    private static final Duration STOP = Duration.ofSeconds(5);

    /** What pipelines write to, rejected records aside. */
    private static final List<Topic> USUAL = List.of(
            Topic.DELIVERY_STREAM,
            Topic.DELIVERY_DIRECT,
            Topic.DELIVERY_NODE,
            Topic.DELIVERY_PUSH,
            Topic.DELIVERY_PUSH_BULK,
            Topic.DELIVERY_OUTCOME);

    private final Producer<String, byte[]> producer;

    /** @param created whoever counts what producers do hears of this one */
    @Inject
    RecordWriter(@Identifier("default-kafka-broker") Map<String, Object> brokers, Event<Producer<?, ?>> created) {
        this(new KafkaProducer<>(config(brokers), new StringSerializer(), new ByteArraySerializer()));
        created.fire(producer);
    }

    RecordWriter(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    private static Map<String, Object> config(Map<String, Object> brokers) {
        Map<String, Object> config = new HashMap<>();
        brokers.forEach((name, value) -> {
            if (ProducerConfig.configNames().contains(name)) {
                config.put(name, value);
            }
        });
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_MESSAGE_BYTES);
        // A record does not wait for others (Kafka's default: 5 ms, at each hop). Under load batches form by
        // themselves,
        // while requests are under way.
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // Waiting for brokers is not a failure, and while records wait they stay in order.
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
        return config;
    }

    /** The first record should not wait for connections and for the cluster's metadata. */
    void warmUp() {
        Infrastructure.getDefaultExecutor().execute(() -> {
            try {
                USUAL.forEach(topic -> producer.partitionsFor(topic.topicName()));
            } catch (KafkaException e) {
                LOGGER.debugf("Kafka does not answer yet: %s", e);
            }
        });
    }

    /**
     * Hands over records as fast as the brokers take them; blocks while {@code buffer.memory} is full or there is no
     * broker. Each is told to {@code acknowledgement} when it is safe, or when it never will be; so is the end.
     */
    void write(Iterable<OutRecord> records, BatchAcknowledgement acknowledgement) {
        try {
            for (OutRecord record : records) {
                acknowledgement.oneMore();
                producer.send(record.forProducer(), (metadata, e) -> {
                    if (e == null) {
                        acknowledgement.oneDone();
                    } else {
                        acknowledgement.oneFailed(e);
                    }
                });
            }
            acknowledgement.oneDone();
        } catch (RuntimeException e) {
            LOGGER.error("records cannot be written", e);
            acknowledgement.oneFailed(e);
        }
    }

    @PreDestroy
    void close() {
        producer.close(STOP);
    }
}
