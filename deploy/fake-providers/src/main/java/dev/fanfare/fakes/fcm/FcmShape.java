package dev.fanfare.fakes.fcm;

import static dev.fanfare.fakes.http.JsonShape.FLAG;
import static dev.fanfare.fakes.http.JsonShape.INTEGER;
import static dev.fanfare.fakes.http.JsonShape.TEXT;
import static dev.fanfare.fakes.http.JsonShape.TEXTS;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.fakes.http.JsonShape;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The request of FCM's {@code projects.messages.send}, as its REST reference has it. */
final class FcmShape {

    private static final long MOST_TTL_SECONDS = 2_419_200;

    private static final Predicate<JsonNode> TTL = node -> {
        if (!node.isTextual() || !node.textValue().matches("\\d{1,7}(\\.\\d{1,9})?s")) {
            return false;
        }
        String seconds = node.textValue().substring(0, node.textValue().length() - 1);
        return Double.parseDouble(seconds) <= MOST_TTL_SECONDS;
    };

    private static final JsonShape NOTIFICATION = JsonShape.of(Map.of("title", TEXT, "body", TEXT, "image", TEXT));

    private static final JsonShape ANDROID_NOTIFICATION = JsonShape.of(Map.ofEntries(
            Map.entry("title", TEXT),
            Map.entry("body", TEXT),
            Map.entry("icon", TEXT),
            Map.entry("color", TEXT),
            Map.entry("sound", TEXT),
            Map.entry("tag", TEXT),
            Map.entry("click_action", TEXT),
            Map.entry("channel_id", TEXT),
            Map.entry("ticker", TEXT),
            Map.entry("sticky", FLAG),
            Map.entry("local_only", FLAG),
            Map.entry(
                    "notification_priority",
                    oneOf("PRIORITY_MIN", "PRIORITY_LOW", "PRIORITY_DEFAULT", "PRIORITY_HIGH", "PRIORITY_MAX")),
            Map.entry("default_sound", FLAG),
            Map.entry("notification_count", INTEGER),
            Map.entry("image", TEXT)));

    private static final JsonShape ANDROID = JsonShape.of(Map.of(
            "collapse_key",
            TEXT,
            "priority",
            oneOf("NORMAL", "HIGH", "normal", "high"),
            "ttl",
            TTL,
            "restricted_package_name",
            TEXT,
            "data",
            TEXTS,
            "notification",
            ANDROID_NOTIFICATION));

    private static final JsonShape MESSAGE =
            JsonShape.of(Map.of("token", TEXT, "data", TEXTS, "notification", NOTIFICATION, "android", ANDROID));

    static final JsonShape REQUEST = JsonShape.of(Map.of("validate_only", FLAG, "message", MESSAGE));

    private FcmShape() {}

    private static Predicate<JsonNode> oneOf(String... values) {
        Set<String> known = Set.of(values);
        return node -> node.isTextual() && known.contains(node.textValue());
    }
}
