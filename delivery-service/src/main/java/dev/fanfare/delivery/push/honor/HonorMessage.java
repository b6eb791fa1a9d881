package dev.fanfare.delivery.push.honor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.http.AppData;
import dev.fanfare.delivery.push.http.ShownText;
import dev.fanfare.delivery.push.http.TimeToLive;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A push in Honor's words. {@code tag} is the message's id: of two notifications with the same one the device shows the
 * second in place of the first.
 *
 * @param importance null: none unless the push names one
 * @param defaultTitle null: the text
 */
record HonorMessage(String importance, boolean testMode, String defaultTitle) {

    /** {@code LOW}: marketing; {@code NORMAL}: service and communication. */
    private static final List<String> IMPORTANCE = List.of("LOW", "NORMAL");

    static final int TITLE_CHARS = 40;
    static final int BODY_CHARS = 1_024;

    /** The whole message without its token, UTF-8 bytes. */
    static final int MESSAGE_BYTES = 4_096;

    private static final int OPEN_THE_APP = 3;
    private static final int BIG_TEXT = 1;
    private static final Duration LONGEST = Duration.ofDays(15);

    /** The message as it is sent, but without its token. */
    ObjectNode withoutToken(Push push, Instant now) {
        String uid = push.message().messageUID();
        ObjectNode message = Json.mapper().createObjectNode().put("data", AppData.json(push));
        ObjectNode android = message.putObject("android")
                .put(
                        "ttl",
                        TimeToLive.of(push, now, Duration.ofSeconds(1), LONGEST).toSeconds() + "s")
                .put("biTag", uid)
                .put("targetUserType", testMode ? 1 : 0);
        if (push.silent()) {
            return message;
        }
        String title = ShownText.cut(ShownText.firstOf(push.title(), defaultTitle, push.body()), TITLE_CHARS);
        String body = ShownText.cut(push.body(), BODY_CHARS);
        message.putObject("notification").put("title", title).put("body", body);
        ObjectNode notification = android.putObject("notification")
                .put("title", title)
                .put("body", body)
                .put("style", BIG_TEXT)
                .put("bigTitle", title)
                .put("bigBody", body)
                .put("tag", uid)
                .put("notifyId", uid.hashCode() & Integer.MAX_VALUE);
        notification.putObject("clickAction").put("type", OPEN_THE_APP);
        String named = push.options().getOrDefault("importance", importance);
        if (IMPORTANCE.contains(named == null ? "" : named)) {
            notification.put("importance", named);
        }
        String image = push.options().get("image");
        if (image != null && image.startsWith("https://")) {
            notification.put("image", image);
        }
        return message;
    }
}
