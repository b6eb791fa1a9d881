package dev.fanfare.delivery.window;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.InApp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record of {@code fanfare.delivery.stream.v1}: the key is the app, the value is what clients get as it is, and headers
 * say what kind of broadcast it is ({@link InApp#HEADER}) and whether it takes another one back ({@link
 * InApp#RECALLS_HEADER}).
 */
public final class StreamRecord {

    private StreamRecord() {}

    /** Empty if this is no broadcast. */
    public static Optional<Broadcast> read(ConsumerRecord<String, byte[]> record) {
        InApp inApp = inApp(record);
        String recalls = header(record, InApp.RECALLS_HEADER);
        if (record.key() == null || record.value() == null || inApp == InApp.NONE || "".equals(recalls)) {
            return Optional.empty();
        }
        try {
            String uid = messageUid(record.value());
            return uid.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Broadcast(
                            record.key(),
                            record.offset() + 1,
                            record.timestamp(),
                            uid,
                            onOneLine(record.value()),
                            inApp,
                            recalls));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether it is a broadcast that is kept, or takes one back. Its headers say so. */
    public static boolean outlastsTheStream(ConsumerRecord<String, byte[]> record) {
        return inApp(record) == InApp.KEPT || header(record, InApp.RECALLS_HEADER) != null;
    }

    /**
     * Empty if it has none. Everything else is only read over, for clients get it as it is. Messages of RongCloud's API
     * and of ZIM's have their id under different names.
     */
    private static String messageUid(byte[] value) throws IOException {
        String uid = "";
        String id = "";
        try (JsonParser message = Json.mapper().createParser(value)) {
            if (message.nextToken() != JsonToken.START_OBJECT) {
                return "";
            }
            for (String name = message.nextFieldName(); name != null; name = message.nextFieldName()) {
                message.nextToken();
                if (name.equals("messageUID")) {
                    uid = message.getValueAsString("");
                } else if (name.equals("messageID")) {
                    id = message.getValueAsString("");
                }
                message.skipChildren();
            }
        }
        return uid.isEmpty() ? id : uid;
    }

    /** {@code NONE} for what is not known here. */
    private static InApp inApp(ConsumerRecord<String, byte[]> record) {
        String name = header(record, InApp.HEADER);
        return name == null
                ? InApp.WINDOW
                : Arrays.stream(InApp.values())
                        .filter(kind -> kind.name().equals(name))
                        .findFirst()
                        .orElse(InApp.NONE);
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] onOneLine(byte[] value) throws IOException {
        for (byte b : value) {
            if (b == '\n' || b == '\r') {
                return Json.write(Json.mapper().readTree(value));
            }
        }
        return value;
    }
}
