package dev.fanfare.runtime.pipeline;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record to be written. What a step of a {@link RecordPipeline} answers with, so that rules stay free of Kafka.
 *
 * @param partition where to write; null: by the key
 * @param headers in addition to none; values are written as UTF-8
 */
public record OutRecord(Topic topic, Integer partition, String key, byte[] value, Map<String, String> headers) {

    /** A record whose value is {@code value} as JSON. */
    public static OutRecord of(Topic topic, String key, Object value) {
        return new OutRecord(topic, null, key, Json.write(value), Map.of());
    }

    /** The same record with more headers. */
    public OutRecord with(Map<String, String> others) {
        Map<String, String> more = new HashMap<>(headers);
        more.putAll(others);
        return new OutRecord(topic, partition, key, value, more);
    }

    ProducerRecord<String, byte[]> forProducer() {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.topicName(), partition, key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /** The same record, in a partition that the writer chose. */
    public OutRecord inPartition(int chosen) {
        return new OutRecord(topic, chosen, key, value, headers);
    }
}
