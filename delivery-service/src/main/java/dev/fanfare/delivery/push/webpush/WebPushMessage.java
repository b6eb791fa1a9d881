package dev.fanfare.delivery.push.webpush;

import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.push.AppFields;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.Shortening;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the app's service worker gets: {@code messageUID}, {@code title}, {@code body}, {@code image} (of the push's
 * options), and {@link AppFields}; no {@code body} if nothing is to be shown. A pure function.
 */
final class WebPushMessage {

    private WebPushMessage() {}

    /** Empty if it is too large even without its text. */
    static Optional<byte[]> of(Push push) {
        return Shortening.fit(
                push.silent() ? null : push.body(),
                body -> Json.write(fields(push, body)),
                MessageEncryption.MOST_BYTES);
    }

    private static Map<String, Object> fields(Push push, String body) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("messageUID", push.message().messageUID());
        if (!push.silent()) {
            fields.put("title", push.title());
            fields.put("body", body);
            fields.put("image", push.options().get("image"));
        }
        fields.putAll(AppFields.of(push));
        return fields;
    }
}
