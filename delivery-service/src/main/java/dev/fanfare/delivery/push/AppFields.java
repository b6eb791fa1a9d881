package dev.fanfare.delivery.push;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a push carries for the app beside the text: {@code rc}, what the message is, and {@code appData}, the app's own.
 * The same at every provider, as RongCloud's SDKs read it from APNs ({@code wire/rongcloud.md}, section 7.4).
 */
public final class AppFields {

    /** The name of the app's own data. */
    public static final String APP_DATA = "appData";

    /** The name of {@link #rc}. */
    public static final String RC = "rc";

    private AppFields() {}

    /** Conversation type, sender, object name, conversation, recipient and id. */
    public static Map<String, Object> rc(Push push) {
        ClientMessage message = push.message();
        Map<String, Object> rc = new LinkedHashMap<>();
        rc.put("cType", cType(message.conversationType()));
        rc.put("fId", message.fromUserId());
        rc.put("oName", message.objectName());
        rc.put("tId", message.targetId());
        rc.put("rId", push.device().userId());
        rc.put("id", message.messageUID());
        return rc;
    }

    /** Both as texts, for providers whose data are texts only: {@code rc} as the text of a JSON object. */
    public static Map<String, String> texts(Push push) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put(RC, new String(Json.write(rc(push)), StandardCharsets.UTF_8));
        if (push.data() != null) {
            texts.put(APP_DATA, push.data());
        }
        return texts;
    }

    private static String cType(ConversationType type) {
        return type == null
                ? null
                : switch (type) {
                    case SYSTEM -> "SYS";
                    case GROUP -> "GRP";
                    case PRIVATE -> "PR";
                };
    }
}
