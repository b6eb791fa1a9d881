package dev.fanfare.delivery.push.apns;

import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.push.AppFields;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.Shortening;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The body of a notification to APNs ({@code wire/rongcloud.md}, section 7.4). A pure function.
 *
 * <p>Of a push's options it takes {@code thread-id}, {@code interruption-level}, {@code category} and {@code richMediaUri}:
 * the last reaches the app's service extension under the same name, beside {@code mutable-content}. {@code badge} is the
 * number at the app's icon, and so is {@code badgeIncrement}, for Apple adds nothing and no client tells us its number.
 */
final class ApnsPayload {

    static final int MOST_BYTES = 4096;

    private ApnsPayload() {}

    /** Empty if it is too large even without its text. */
    static Optional<byte[]> of(Push push) {
        return push.silent()
                ? Shortening.fit(null, nothing -> Json.write(silent(push)), MOST_BYTES)
                : Shortening.fit(push.body(), body -> Json.write(alert(push, body)), MOST_BYTES);
    }

    private static Map<String, Object> silent(Push push) {
        return payload(push, Map.of("content-available", 1));
    }

    private static Map<String, Object> alert(Push push, String body) {
        Map<String, Object> aps = new LinkedHashMap<>();
        aps.put("alert", push.title() == null ? body : titled(push.title(), body));
        aps.put("badge", badge(push));
        aps.put("sound", "default");
        aps.put("thread-id", push.options().get("thread-id"));
        aps.put("interruption-level", push.options().get("interruption-level"));
        aps.put("category", push.options().get("category"));
        if (push.options().containsKey("richMediaUri")) {
            aps.put("mutable-content", 1);
        }
        return payload(push, aps);
    }

    /** Null: it stays as it is. */
    private static Integer badge(Push push) {
        String asked = push.options().getOrDefault("badge", push.options().get("badgeIncrement"));
        return asked != null && asked.matches("\\d{1,9}") ? Integer.valueOf(asked) : null;
    }

    private static Map<String, Object> titled(String title, String body) {
        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("title", title);
        alert.put("body", body);
        return alert;
    }

    private static Map<String, Object> payload(Push push, Map<String, Object> aps) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("aps", aps);
        payload.putAll(AppFields.of(push));
        payload.put("richMediaUri", push.options().get("richMediaUri"));
        return payload;
    }
}
