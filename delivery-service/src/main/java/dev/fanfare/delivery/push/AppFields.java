package dev.fanfare.delivery.push;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.command.ZimContent;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a push carries for the app beside the text, the same at every provider. Of a message of RongCloud's API: {@code rc},
 * what the message is, and {@code appData}, the app's own, as RongCloud's SDKs read it from APNs ({@code wire/rongcloud.md},
 * section 7.4). Of one of ZIM's: {@code payload}, the app's own, and nothing else, as ZIM's SDKs do ({@code wire/zego.md},
 * section 7.2).
 */
public final class AppFields {

    /** The name of the app's own data. */
    public static final String APP_DATA = "appData";

    /** The name of {@link #rc}. */
    public static final String RC = "rc";

    /** The name of the app's own data in a push of ZIM's API. */
    public static final String PAYLOAD = "payload";

    private AppFields() {}

    /** By their names; the app's own data are null where there are none. */
    public static Map<String, Object> of(Push push) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(dataName(push), push.data());
        if (hasRc(push)) {
            fields.put(RC, rc(push));
        }
        return fields;
    }

    /** Whether the app is told what the message is. */
    public static boolean hasRc(Push push) {
        String objectName = push.message().objectName();
        return objectName == null || !objectName.startsWith(ZimContent.OBJECT_NAME_PREFIX);
    }

    /** How the app's own data is called. */
    public static String dataName(Push push) {
        return hasRc(push) ? APP_DATA : PAYLOAD;
    }

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

    /** The same as texts, for providers whose data are texts only: {@code rc} as the text of a JSON object. */
    public static Map<String, String> texts(Push push) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (hasRc(push)) {
            texts.put(RC, new String(Json.write(rc(push)), StandardCharsets.UTF_8));
        }
        if (push.data() != null) {
            texts.put(dataName(push), push.data());
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
