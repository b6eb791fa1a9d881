package dev.fanfare.delivery.push.xiaomi;

import dev.fanfare.delivery.push.AppFields;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.http.AppData;
import dev.fanfare.delivery.push.http.ShownText;
import dev.fanfare.delivery.push.http.TimeToLive;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A push in Xiaomi's words. {@code notify_id} and {@code extra.jobkey} are made of the message's id: of two notifications
 * with the same jobkey the device shows the first only.
 *
 * @param channelId null: none unless the push names one
 * @param defaultTitle null: the text
 */
record XiaomiRequest(String packageName, String channelId, String defaultTitle) {

    /** "Shorter than 50", and so on: Xiaomi's limits exclude the number itself. */
    static final int TITLE_CHARS = 49;

    static final int DESCRIPTION_CHARS = 127;
    static final int PAYLOAD_CHARS = 4_095;

    private static final Duration LONGEST = Duration.ofDays(14);
    private static final String EVERY_KIND_OF_NOTICE = "-1";
    private static final String OPEN_THE_APP = "1";

    /** The form's fields, in order. */
    Map<String, String> form(Push push, Instant now) {
        String uid = push.message().messageUID();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("registration_id", push.device().token().reveal());
        form.put(
                "restricted_package_name",
                push.device().appId() == null ? packageName : push.device().appId());
        form.put("payload", payload(push));
        form.put("pass_through", push.silent() ? "1" : "0");
        if (!push.silent()) {
            form.put("title", ShownText.cut(ShownText.firstOf(push.title(), defaultTitle, push.body()), TITLE_CHARS));
            form.put("description", ShownText.cut(push.body(), DESCRIPTION_CHARS));
            form.put("notify_type", EVERY_KIND_OF_NOTICE);
            form.put("notify_id", Integer.toString(uid.hashCode() & Integer.MAX_VALUE));
            form.put("extra.notify_effect", OPEN_THE_APP);
            form.put("extra.notify_foreground", "1");
            putIfThere(form, "extra.channel_id", push.options().getOrDefault("channelId", channelId));
            putIfThere(form, "extra.notification_large_icon_uri", push.options().get("large_icon_uri"));
        }
        form.put(
                "time_to_live",
                Long.toString(
                        TimeToLive.of(push, now, Duration.ofSeconds(1), LONGEST).toMillis()));
        form.put("extra.jobkey", uid.replace("-", ""));
        if (AppFields.hasRc(push)) {
            form.put("extra.rc", AppData.rc(push));
        } else {
            putIfThere(form, "extra.payload", push.data());
        }
        return form;
    }

    /** The app's own data, as it is; Xiaomi takes no silent push without, so that one gets the message's metadata. */
    static String payload(Push push) {
        if (push.data() != null && !push.data().isBlank()) {
            return push.data();
        }
        return push.silent() ? AppData.rc(push) : "";
    }

    private static void putIfThere(Map<String, String> form, String field, String value) {
        if (value != null && !value.isBlank()) {
            form.put(field, value);
        }
    }
}
