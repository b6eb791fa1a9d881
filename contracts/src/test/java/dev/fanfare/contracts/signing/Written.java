package dev.fanfare.contracts.signing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A record on its way to the broker, which somebody may change. */
record Written(String topic, String key, byte[] value, RecordHeaders headers) {

    Written(ProducerRecord<String, byte[]> record) {
        this(record.topic(), record.key(), record.value(), new RecordHeaders(record.headers()));
    }

    Written with(String name, String text) {
        Written changed = without(name);
        changed.headers.add(name, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
        return changed;
    }

    Written without(String name) {
        RecordHeaders changed = new RecordHeaders(headers);
        changed.remove(name);
        return new Written(topic, key, value, changed);
    }

    Written withKey(String changed) {
        return new Written(topic, changed, value, headers);
    }

    Written withValue(byte[] changed) {
        return new Written(topic, key, changed, headers);
    }

    String header(String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** The record as its consumer sees it, stamped by the broker at {@code time}. */
    ConsumerRecord<String, byte[]> at(Instant time) {
        return new ConsumerRecord<>(
                topic,
                0,
                0,
                time.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                key,
                value,
                headers,
                Optional.empty());
    }
}
