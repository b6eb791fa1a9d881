package dev.fanfare.delivery.push.vivo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.device.Device;
import dev.fanfare.delivery.push.AppFields;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.http.AppData;
import dev.fanfare.delivery.push.http.Digests;
import dev.fanfare.delivery.push.http.ShownText;
import dev.fanfare.delivery.push.http.TimeToLive;
import java.time.Duration;
import java.time.Instant;

/**
 * A push in vivo's words. {@code requestId} names the message and the device; {@code notifyId} is made of the message's
 * id: of two notifications with the same one the device shows the second in place of the first.
 *
 * @param category null: none unless the push names one
 * @param defaultTitle null: the text
 */
record VivoMessage(long appId, boolean testMode, String category, String defaultTitle) {

    static final int TITLE_CHARS = 40;
    static final int CONTENT_CHARS = 100;

    /** Keys and values of the app's own data together. */
    static final int CUSTOM_CHARS = 1_024;

    private static final int RING_AND_VIBRATE = 4;
    private static final int OPEN_THE_APP = 1;
    private static final int ANY_NETWORK = -1;
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    byte[] json(Push push, Instant now) {
        String uid = push.message().messageUID();
        ObjectNode message = Json.mapper()
                .createObjectNode()
                .put("appId", appId)
                .put("regId", push.device().token().reveal())
                .put("notifyType", RING_AND_VIBRATE)
                .put("title", ShownText.cut(ShownText.firstOf(push.title(), defaultTitle, push.body()), TITLE_CHARS))
                .put("content", ShownText.cut(push.body(), CONTENT_CHARS))
                .put("timeToLive", TimeToLive.of(push, now, SHORTEST, LONGEST).toSeconds())
                .put("skipType", OPEN_THE_APP)
                .put("networkType", ANY_NETWORK)
                .put("requestId", uid + "-" + device(push.device()))
                .put("notifyId", Math.max(1, uid.hashCode() & Integer.MAX_VALUE))
                .put("pushMode", testMode ? 1 : 0)
                .put("foregroundShow", true);
        String classification = push.options().get("classification");
        if ("0".equals(classification) || "1".equals(classification)) {
            message.put("classification", Integer.parseInt(classification));
        }
        String named = push.options().getOrDefault("category", category);
        if (named != null) {
            message.put("category", named);
        }
        ObjectNode custom = message.putObject("clientCustomMap");
        if (push.data() != null) {
            custom.put(AppFields.dataName(push), push.data());
        }
        String rc = AppData.rc(push);
        if (AppFields.hasRc(push) && dataChars(push) + AppFields.RC.length() + rc.length() <= CUSTOM_CHARS) {
            custom.put(AppFields.RC, rc);
        }
        return Json.write(message);
    }

    /** What the app's own data needs of {@link #CUSTOM_CHARS}. The message's metadata gives way to it. */
    static int dataChars(Push push) {
        return push.data() == null
                ? 0
                : AppFields.dataName(push).length() + push.data().length();
    }

    private static String device(Device device) {
        return Digests.sha256(device.appKey() + "\n" + device.userId() + "\n" + device.deviceId())
                .substring(0, 32);
    }
}
