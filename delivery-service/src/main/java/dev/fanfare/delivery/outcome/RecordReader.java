package dev.fanfare.delivery.outcome;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RejectedRecord;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/**
 * Reads records of internal delivery topics. What cannot be read, or lacks what is needed, is not worth stopping a
 * partition for: it goes to {@code fanfare.delivery.rejected.v1} with the reason, and is counted.
 */
@Startup // so that its metrics are there from the start
@ApplicationScoped
public class RecordReader {

    private static final Logger LOGGER = Logger.getLogger(RecordReader.class);

    private static final List<Topic> READ = List.of(
            Topic.DELIVERY_DIRECT,
            Topic.DELIVERY_BULK,
            Topic.DELIVERY_NODE,
            Topic.DELIVERY_PUSH,
            Topic.DELIVERY_PUSH_BULK,
            Topic.DELIVERY_OUTCOME);

    private final MeterRegistry metrics;

    RecordReader(MeterRegistry metrics) {
        this.metrics = metrics;
        READ.forEach(topic -> unreadable(topic.topicName()));
    }

    /**
     * The value, or nothing and one more rejected record.
     *
     * @param complete whether a value has all that is needed
     * @param rejected takes the rejected record
     */
    public <T> Optional<T> read(
            ConsumerRecord<String, byte[]> record, Class<T> type, Predicate<T> complete, List<OutRecord> rejected) {
        if (record.value() == null) {
            rejected.add(rejected(record, "MALFORMED", "the record has no value"));
            return Optional.empty();
        }
        try {
            T value = Json.read(record.value(), type);
            if (complete.test(value)) {
                return Optional.of(value);
            }
            rejected.add(rejected(record, "INVALID", "a field is missing"));
        } catch (MalformedJsonException e) {
            rejected.add(rejected(record, "MALFORMED", e.getMessage()));
        }
        return Optional.empty();
    }

    private Counter unreadable(String topic) {
        return metrics.counter(RoutingMetrics.UNREADABLE, RoutingMetrics.TOPIC, topic);
    }

    private OutRecord rejected(ConsumerRecord<String, byte[]> record, String reason, String text) {
        unreadable(record.topic()).increment();
        LOGGER.warnf(
                "record rejected: topic=%s partition=%d offset=%d reason=%s",
                record.topic(), record.partition(), record.offset(), reason);
        return RejectedRecord.of(Topic.DELIVERY_DIRECT, record, reason, text);
    }
}
