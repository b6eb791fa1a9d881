package dev.fanfare.delivery.push.honor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.Shortening;
import dev.fanfare.delivery.push.http.AppData;
import dev.fanfare.delivery.push.http.ShownText;
import dev.fanfare.delivery.push.http.TimeToLive;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

    /** The whole message without its token, UTF-8 bytes. */
    static final int MESSAGE_BYTES = 4_096;

    /** {@code ,"token":[]}. */
    private static final int AROUND_TOKEN = 11;

    private static final int OPEN_THE_APP = 3;
    private static final int BIG_TEXT = 1;
    private static final Duration LONGEST = Duration.ofDays(15);

    /** The message with as much of the text as fits; empty if it does not even fit without any. */
    Optional<byte[]> json(Push push, Instant now) {
        int most =
                MESSAGE_BYTES + AROUND_TOKEN + Json.write(push.device().token().reveal()).length;
        return Shortening.fit(push.silent() ? null : push.body(), text -> Json.write(message(push, text, now)), most);
    }

    private ObjectNode message(Push push, String text, Instant now) {
        String uid = push.message().messageUID();
        ObjectNode message = Json.mapper().createObjectNode().put("data", AppData.json(push));
        ObjectNode android = message.putObject("android")
                .put(
                        "ttl",
                        TimeToLive.of(push, now, Duration.ofSeconds(1), LONGEST).toSeconds() + "s")
                .put("biTag", uid)
                .put("targetUserType", testMode ? 1 : 0);
        if (text != null) {
            android.set("notification", notification(push, text, uid));
        }
        message.putArray("token").add(push.device().token().reveal());
        return message;
    }

    private ObjectNode notification(Push push, String text, String uid) {
        String title = ShownText.cut(ShownText.firstOf(push.title(), defaultTitle, push.body()), TITLE_CHARS);
        ObjectNode notification = Json.mapper()
                .createObjectNode()
                .put("title", title)
                .put("body", text)
                .put("style", BIG_TEXT)
                .put("bigTitle", title)
                .put("bigBody", text)
                .put("tag", uid)
                .put("notifyId", uid.hashCode() & Integer.MAX_VALUE);
        notification.putObject("clickAction").put("type", OPEN_THE_APP);
        String named = push.options().getOrDefault("importance", importance);
        if (named != null && IMPORTANCE.contains(named)) {
            notification.put("importance", named);
        }
        String image = push.options().get("image");
        if (image != null && image.startsWith("https://")) {
            notification.put("image", image);
        }
        return notification;
    }
}
