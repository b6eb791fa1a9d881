package dev.fanfare.contracts.signing;

import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** Writes signed commands, ready for any Kafka producer. Thread-safe. */
public final class CommandSigner {

    private final ProducerKey key;
    private final String source;

    /** @param source {@code ce_source}: a URI reference that names the producer, such as {@code /api-gateway} */
    public CommandSigner(ProducerKey key, String source) {
        this.key = key;
        this.source = source;
    }

    /**
     * @param id {@code ce_id}: the message's or request's id; the same id makes the same message
     * @param value the command as JSON
     */
    public ProducerRecord<String, byte[]> sign(Topic topic, String appKey, String id, Instant time, byte[] value) {
        String at = time.truncatedTo(ChronoUnit.MILLIS).toString();
        var canonical = new CanonicalCommand(topic.topicName(), id, topic.eventType(), at, appKey, value);
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.topicName(), RecordKey.ofApp(appKey), value);
        Headers headers = record.headers();
        add(headers, CommandHeaders.SPEC_VERSION, CommandHeaders.CLOUD_EVENTS_VERSION);
        add(headers, CommandHeaders.ID, id);
        add(headers, CommandHeaders.TYPE, topic.eventType());
        add(headers, CommandHeaders.SOURCE, source);
        add(headers, CommandHeaders.TIME, at);
        add(headers, CommandHeaders.CONTENT_TYPE, CommandHeaders.JSON);
        add(headers, CommandHeaders.KEY_ID, key.id());
        add(headers, CommandHeaders.SIGNATURE, canonical.sign(key.secrets().get(0)));
        return record;
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
