package dev.fanfare.gateway.zim.message;

import dev.fanfare.contracts.command.ZimContent;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.gateway.zim.ZimError;
import dev.fanfare.gateway.zim.ZimFields;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code MessageType}, {@code SubMsgType} and {@code MessageBody} of a message ({@code wire/zego.md}, 3.4). {@code HasReceipt}
 * is checked and ignored: nobody here sends receipts.
 */
record ZimMessageBody(ZimContent content, OfflinePush push) {

    static final int EXTENDED_DATA_BYTES = 1024;

    private static final int TEXT = 1;
    private static final int CUSTOM = 200;
    private static final int MAX_SUB_TYPE = 200;
    private static final Set<Integer> TYPES = new TreeSet<>(
            Set.of(TEXT, MediaContent.IMAGE, MediaContent.FILE, MediaContent.AUDIO, MediaContent.VIDEO, CUSTOM));
    private static final String BODY = "MessageBody";

    /**
     * Problems are noted in {@code call}; then the result means nothing.
     *
     * @param maxBytes of {@code Message}
     */
    static ZimMessageBody read(ZimFields call, int maxBytes) {
        Integer type = call.integer("MessageType");
        if (type == null || !TYPES.contains(type)) {
            call.wrong("MessageType", "must be one of " + TYPES);
        }
        if (!call.has(BODY)) {
            call.wrong(BODY, "is required, an object");
        }
        ZimFields body = call.object(BODY);
        String message = body.requiredText("Message");
        body.text("Message", maxBytes, ZimError.MESSAGE_TOO_LONG);
        String extendedData = body.text("ExtendedData", EXTENDED_DATA_BYTES, ZimError.MESSAGE_TOO_LONG);
        body.switchedOn("HasReceipt");
        Integer subType = type != null && type == CUSTOM ? subType(call) : null;
        OfflinePush push = OfflinePush.read(body);
        if (call.problem().isEmpty() && type != TEXT && type != CUSTOM) {
            call.check(MediaContent.check(type, message));
        }
        return new ZimMessageBody(new ZimContent(type, subType, message, extendedData), push);
    }

    private static Integer subType(ZimFields call) {
        if (!call.has("SubMsgType")) {
            call.wrong("SubMsgType", "is required for a custom message");
        }
        Long subType = call.number("SubMsgType", 0, MAX_SUB_TYPE);
        return subType == null ? null : subType.intValue();
    }

    boolean isText() {
        return content.messageType() == TEXT;
    }

    /** What devices show of it; empty: nothing. */
    Optional<PushNotification> shown() {
        return push.shown(isText() ? content.message() : null);
    }

    /** The same where a push comes only if {@code OfflinePush} asks for it. */
    Optional<PushNotification> askedFor() {
        return push.enabled() ? shown() : Optional.empty();
    }
}
