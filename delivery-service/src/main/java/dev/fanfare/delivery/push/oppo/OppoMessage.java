package dev.fanfare.delivery.push.oppo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.http.AppData;
import dev.fanfare.delivery.push.http.ShownText;
import dev.fanfare.delivery.push.http.TimeToLive;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * A push in OPPO's words. {@code app_message_id} is the message's id: OPPO sends one device each of them once.
 *
 * @param channelId null: none unless the push names one
 * @param defaultTitle null: the text
 */
record OppoMessage(String channelId, String defaultTitle) {

    static final int TITLE_CHARS = 50;
    static final int STANDARD_CHARS = 50;
    static final int LONG_CHARS = 128;
    static final int PARAMETERS_CHARS = 4_000;

    private static final int REGISTRATION_ID = 2;
    private static final int STANDARD = 1;
    private static final int LONG_TEXT = 2;
    private static final int OPEN_THE_APP = 0;
    private static final Duration LONGEST = Duration.ofDays(10);

    /** The {@code message} of the form. */
    String json(Push push, Instant now) {
        String uid = push.message().messageUID();
        ObjectNode message = Json.mapper().createObjectNode();
        message.put("target_type", REGISTRATION_ID)
                .put("target_value", push.device().token().reveal())
                .put("verify_registration_id", false);
        boolean isLong = push.body().length() > STANDARD_CHARS;
        ObjectNode notification = message.putObject("notification")
                .put("app_message_id", uid)
                .put("notify_id", uid.hashCode() & Integer.MAX_VALUE)
                .put("style", isLong ? LONG_TEXT : STANDARD)
                .put("title", ShownText.cut(ShownText.firstOf(push.title(), defaultTitle, push.body()), TITLE_CHARS))
                .put("content", ShownText.cut(push.body(), isLong ? LONG_CHARS : STANDARD_CHARS))
                .put("click_action_type", OPEN_THE_APP)
                .put("action_parameters", AppData.json(push))
                .put("off_line", true)
                .put(
                        "off_line_ttl",
                        TimeToLive.of(push, now, Duration.ofSeconds(1), LONGEST).toSeconds());
        String channel = push.options().getOrDefault("channelId", channelId);
        if (channel != null) {
            notification.put("channel_id", channel);
        }
        String category = push.options().get("category");
        if (category != null) {
            notification.put("category", category);
        }
        return new String(Json.write(message), StandardCharsets.UTF_8);
    }
}
