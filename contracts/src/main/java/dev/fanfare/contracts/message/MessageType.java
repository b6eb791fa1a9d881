package dev.fanfare.contracts.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a message's {@code objectName} says about it: the table of RongCloud's built-in types ({@code wire/rongcloud.md},
 * section 6), and what is true of all others. The labels are those that RongCloud's own pushes show; which types have
 * none is the vendor's word where it gives one, and caution where it does not.
 *
 * @param builtIn RongCloud's; false for an app's own
 * @param kept it waits in the inbox for a user who is away; only status types do not
 * @param counted it counts as unread at a client; of a custom type clients say so themselves
 * @param push what is pushed of it where the sender gave no text
 * @param pushLabel the text of a {@link Push#LABEL}; null for all others
 */
public record MessageType(boolean builtIn, boolean kept, boolean counted, Push push, String pushLabel) {

    /** What becomes a push of a message to which its sender gave no text for it. */
    public enum Push {
        /** Nothing, not even with a text: it means something only now. */
        NEVER,
        /** Nothing. */
        WITH_TEXT_ONLY,
        /** The text in {@code content} of the message's content. */
        CONTENT,
        /** A label that names its kind. */
        LABEL
    }

    private static final MessageType TEXT = new MessageType(true, true, true, Push.CONTENT, null);
    private static final MessageType UNLABELED_CONTENT = new MessageType(true, true, true, Push.WITH_TEXT_ONLY, null);
    /** Notifications, commands, receipts and signals: a client keeps them, if at all, without counting. */
    private static final MessageType NOTIFICATION = new MessageType(true, true, false, Push.WITH_TEXT_ONLY, null);

    private static final MessageType STATUS = new MessageType(true, false, false, Push.NEVER, null);
    private static final MessageType CUSTOM = new MessageType(false, true, false, Push.WITH_TEXT_ONLY, null);

    private static final Map<String, MessageType> BUILT_IN = table();

    /** Types whose names begin so are many and undocumented: calls, customer service, chat rooms. */
    private static final List<String> FAMILIES = List.of("RC:VC", "RC:Cs", "RC:chrm");

    /**
     * The type with this name; what is not built in is an app's own.
     *
     * @param objectName null: there is no message, only a push about none, like one of an app's own with a text
     */
    public static MessageType of(String objectName) {
        if (objectName == null) {
            return CUSTOM;
        }
        MessageType type = BUILT_IN.get(objectName);
        if (type != null) {
            return type;
        }
        return FAMILIES.stream().anyMatch(objectName::startsWith) ? NOTIFICATION : CUSTOM;
    }

    /** @param content of a message of this type, as its sender gave it */
    public Optional<String> defaultPushText(String content) {
        return switch (push) {
            case NEVER, WITH_TEXT_ONLY -> Optional.empty();
            case CONTENT -> text(content, "/content");
            case LABEL -> Optional.of(pushLabel);
        };
    }

    /**
     * The text for the users whom a message mentions, which outranks every other. A part of the built-in contents; what a
     * custom type calls so is its own business.
     */
    public Optional<String> mentionedText(String content) {
        return switch (push) {
            case NEVER, WITH_TEXT_ONLY -> Optional.empty();
            case CONTENT, LABEL -> text(content, "/mentionedInfo/mentionedContent");
        };
    }

    private static Optional<String> text(String content, String pointer) {
        // Not by an exception where it is no object at all.
        if (content == null || !content.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        try {
            JsonNode text = Json.mapper().readTree(content).at(pointer);
            return text.isTextual() && !text.textValue().isBlank() ? Optional.of(text.textValue()) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Map<String, MessageType> table() {
        Map<String, MessageType> types = new HashMap<>();
        types.put("RC:TxtMsg", TEXT);
        types.put("RC:ImgMsg", labeled("[图片]"));
        types.put("RC:GIFMsg", labeled("[图片]"));
        types.put("RC:VcMsg", labeled("[语音]"));
        types.put("RC:HQVCMsg", labeled("[语音]"));
        types.put("RC:FileMsg", labeled("[文件]"));
        types.put("RC:SightMsg", labeled("[视频]"));
        types.put("RC:LBSMsg", labeled("[位置]"));
        types.put("RC:ImgTextMsg", labeled("[图文]"));
        types.put("RC:ReferenceMsg", labeled("[引用]"));
        types.put("RC:CombineMsg", labeled("[聊天记录]"));
        types.put("RC:CombineV2Msg", labeled("[聊天记录]"));
        putAll(
                types,
                UNLABELED_CONTENT,
                "RC:StreamMsg",
                "RC:CardMsg",
                "RC:RLStart",
                "RC:RLEnd",
                "RC:PSImgTxtMsg",
                "RC:PSMultiImgTxtMsg",
                "RCJrmf:RpMsg",
                "RCJrmf:RpOpendMsg");
        putAll(
                types,
                NOTIFICATION,
                "RC:InfoNtf",
                "RC:GrpNtf",
                "RC:ContactNtf",
                "RC:ProfileNtf",
                "RC:RcNtf",
                "RC:CmdNtf",
                "RC:CmdMsg",
                "RC:RcCmd",
                "RC:ReadNtf",
                "RC:RRReqMsg",
                "RC:RRRspMsg",
                "RC:RRMsg",
                "RC:SRSMsg",
                "RC:Delivered",
                "RC:MsgExMsg",
                "RC:LogCmdMsg",
                "RC:CCConfigChangeRequestMsg",
                "RC:PSCmd",
                "RC:RLJoin",
                "RC:RLQuit");
        putAll(types, STATUS, "RC:TypSts", "RC:InterceptMsg", "RC:RL");
        return Map.copyOf(types);
    }

    private static MessageType labeled(String label) {
        return new MessageType(true, true, true, Push.LABEL, label);
    }

    private static void putAll(Map<String, MessageType> types, MessageType type, String... objectNames) {
        for (String objectName : objectNames) {
            types.put(objectName, type);
        }
    }
}
