package dev.fanfare.runtime.pipeline;

import dev.fanfare.contracts.Limits;
import dev.fanfare.contracts.topic.RejectedHeaders;
import dev.fanfare.contracts.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that cannot be worked on, put aside for a person: as it was, with the reason in its headers. It always fits
 * into its topic, so that putting a record aside never fails: a key, value or headers beyond any valid record's size are
 * left behind (the position says where they are).
 */
public final class RejectedRecord {

    private static final int HEADER_BYTES = 16_384;
    private static final int KEY_CHARS = 1_024;
    private static final byte[] NO_VALUE = {};

    private RejectedRecord() {}

    public static OutRecord of(Topic topic, ConsumerRecord<String, byte[]> record, String reason, String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        int size = 0;
        for (Header header : record.headers()) {
            if (header.value() != null) {
                size += header.key().length() + header.value().length;
                if (size <= HEADER_BYTES) {
                    headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
                }
            }
        }
        headers.put(RejectedHeaders.REASON, reason);
        headers.put(RejectedHeaders.TEXT, text);
        headers.put(RejectedHeaders.POSITION, record.topic() + ":" + record.partition() + ":" + record.offset());
        return new OutRecord(topic.rejected(), null, keyOf(record), valueOf(record), headers);
    }

    private static String keyOf(ConsumerRecord<String, byte[]> record) {
        return record.key() == null || record.key().length() > KEY_CHARS ? null : record.key();
    }

    private static byte[] valueOf(ConsumerRecord<String, byte[]> record) {
        return record.value() == null || record.value().length > Limits.COMMAND_BYTES ? NO_VALUE : record.value();
    }
}
