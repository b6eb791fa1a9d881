package dev.fanfare.delivery.push.fcm;

import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.push.AppFields;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.PushId;
import dev.fanfare.delivery.push.Shortening;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The body of a request to FCM ({@code projects.messages.send}). A pure function.
 *
 * <p>The app gets {@link AppFields} as data, {@code rc} as the text of a JSON object, for data are texts only.
 * Of a push's options it takes {@code channelId}, {@code imageUrl} (or {@code image}) and {@code collapse_key}; without the
 * last the message's id is the key, so that a push that is sent twice while the device is away comes once.
 */
final class FcmMessage {

    /** Of data and notification, names and values; what is around them does not count. */
    static final int MOST_BYTES = 4096;

    private static final long MOST_TTL_SECONDS = 2_419_200;
    private static final int MOST_ID = 64;

    private FcmMessage() {}

    /** Empty if it is too large even without its text. */
    static Optional<byte[]> of(Push push, Instant now) {
        Map<String, String> data = AppFields.texts(push);
        return Shortening.fit(
                        push.silent() ? null : push.body(),
                        body -> push.silent() ? Map.<String, String>of() : notification(push, body),
                        notification -> size(data) + size(notification),
                        MOST_BYTES)
                .map(notification -> Json.write(request(push, now, data, notification)));
    }

    private static int size(Map<String, String> texts) {
        return texts.entrySet().stream()
                .mapToInt(text -> bytes(text.getKey()) + bytes(text.getValue()))
                .sum();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Map<String, String> notification(Push push, String body) {
        Map<String, String> notification = new LinkedHashMap<>();
        if (push.title() != null) {
            notification.put("title", push.title());
        }
        notification.put("body", body);
        String image = push.options().getOrDefault("imageUrl", push.options().get("image"));
        if (image != null) {
            notification.put("image", image);
        }
        return notification;
    }

    private static Map<String, Object> request(
            Push push, Instant now, Map<String, String> data, Map<String, String> notification) {
        String id = PushId.of(push.message().messageUID(), MOST_ID);
        Map<String, Object> android = new LinkedHashMap<>();
        android.put("collapse_key", push.options().getOrDefault("collapse_key", id));
        android.put("priority", push.silent() ? "NORMAL" : "HIGH");
        android.put("ttl", ttlSeconds(push, now) + "s");
        if (!notification.isEmpty()) {
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("tag", id);
            shown.put("channel_id", push.options().get("channelId"));
            android.put("notification", shown);
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("token", push.device().token().reveal());
        message.put("data", data);
        message.put("notification", notification.isEmpty() ? null : notification);
        message.put("android", android);
        return Map.of("message", message);
    }

    private static long ttlSeconds(Push push, Instant now) {
        long seconds = Duration.between(now, push.expiresAt()).toSeconds();
        return Math.max(0, Math.min(seconds, MOST_TTL_SECONDS));
    }
}
