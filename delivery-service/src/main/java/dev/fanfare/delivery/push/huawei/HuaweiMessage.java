package dev.fanfare.delivery.push.huawei;

import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.push.AppFields;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.PushId;
import dev.fanfare.delivery.push.Shortening;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The body of a request to Push Kit (Huawei, "Downlink message"). A pure function.
 *
 * <p>The app gets {@link AppFields} as a JSON object of texts. Of a push's options it takes {@code channelId},
 * {@code importance}, {@code image} and {@code category}. A tap opens the app. The message's id is the tag: one that is
 * sent twice shows once. Push Kit refuses a notification without title: the sender's id stands in.
 */
final class HuaweiMessage {

    /** Of a request without its token. */
    static final int MOST_BYTES = 4096;

    private static final long MOST_TTL_SECONDS = 1_296_000;
    private static final int MOST_TAG = 64;
    private static final int OPEN_APP = 3;
    private static final Set<String> IMPORTANCES = Set.of("NORMAL", "LOW");

    private HuaweiMessage() {}

    /** Empty if it is too large even without its text. */
    static Optional<byte[]> of(Push push, Instant now) {
        String token = push.device().token().reveal();
        int ofToken = Json.write(List.of(token)).length - Json.write(List.of()).length;
        return Shortening.fit(
                push.silent() ? null : push.body(),
                body -> Json.write(request(push, now, body, token)),
                MOST_BYTES + ofToken);
    }

    private static Map<String, Object> request(Push push, Instant now, String body, String token) {
        Map<String, Object> android = new LinkedHashMap<>();
        android.put("category", push.options().get("category"));
        android.put("ttl", ttlSeconds(push, now) + "s");
        if (!push.silent()) {
            android.put("notification", notification(push, body));
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("data", new String(Json.write(AppFields.texts(push)), StandardCharsets.UTF_8));
        message.put("android", android);
        message.put("token", List.of(token));
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("validate_only", false);
        request.put("message", message);
        return request;
    }

    private static Map<String, Object> notification(Push push, String body) {
        String importance = push.options().get("importance");
        Map<String, Object> notification = new LinkedHashMap<>();
        notification.put("title", push.title() == null ? push.message().fromUserId() : push.title());
        notification.put("body", body);
        notification.put("click_action", Map.of("type", OPEN_APP));
        notification.put("tag", PushId.of(push.message().messageUID(), MOST_TAG));
        notification.put("channel_id", push.options().get("channelId"));
        notification.put("importance", importance != null && IMPORTANCES.contains(importance) ? importance : null);
        notification.put("image", push.options().get("image"));
        return notification;
    }

    private static long ttlSeconds(Push push, Instant now) {
        long seconds = Duration.between(now, push.expiresAt()).toSeconds();
        return Math.max(1, Math.min(seconds, MOST_TTL_SECONDS));
    }
}
