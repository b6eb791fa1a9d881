package dev.fanfare.contracts.message;

import java.util.Map;
import java.util.Set;

/**
 * What a message's {@code objectName} says about it, as RongCloud's built-in types have it ({@code wire/rongcloud.md},
 * section 6).
 *
 * @param kept it waits in the inbox for a user who is away; only status types do not
 * @param pushText the text of its push where the sender gave none; null: no push without a text of the sender's
 */
public record MessageType(boolean kept, String pushText) {

    private static final MessageType STATUS = new MessageType(false, null);
    private static final MessageType WITHOUT_PUSH = new MessageType(true, null);

    private static final Set<String> STATUS_TYPES = Set.of("RC:TypSts", "RC:InterceptMsg", "RC:RL");
    private static final Map<String, String> PUSH_TEXTS = Map.of("RC:ImgMsg", "[图片]");

    /** Of a type that is not built in: kept, and pushed with the sender's text only. */
    public static MessageType of(String objectName) {
        if (STATUS_TYPES.contains(objectName)) {
            return STATUS;
        }
        String text = PUSH_TEXTS.get(objectName);
        return text == null ? WITHOUT_PUSH : new MessageType(true, text);
    }
}
