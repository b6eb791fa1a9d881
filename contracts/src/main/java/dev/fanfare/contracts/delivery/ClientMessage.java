package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.fanfare.contracts.Json;

/**
 * What an app client receives as {@code data} of a publication, the same JSON in every transport and wire format. It is
 * written once, by the service that expands the command; {@code delivery.stream} carries it as the whole record value,
 * so that the client edge sends on the bytes that it read.
 *
 * @param targetId the conversation: {@code fromUserId} for system messages, the group id for group status
 * @param content exactly what the sender gave, or what its template rendered to
 * @param sentTime ms since 1970
 * @param zim what clients get instead of all this, for a message of ZIM's API; null for all others
 */
@JsonPropertyOrder({
    "messageUID",
    "conversationType",
    "targetId",
    "fromUserId",
    "objectName",
    "content",
    "sentTime",
    "disableUpdateLastMsg",
    "zim"
})
public record ClientMessage(
        String messageUID,
        ConversationType conversationType,
        String targetId,
        String fromUserId,
        String objectName,
        String content,
        long sentTime,
        Boolean disableUpdateLastMsg,
        ZimMessage zim) {

    /** One of RongCloud's API. */
    public ClientMessage(
            String messageUID,
            ConversationType conversationType,
            String targetId,
            String fromUserId,
            String objectName,
            String content,
            long sentTime,
            Boolean disableUpdateLastMsg) {
        this(
                messageUID,
                conversationType,
                targetId,
                fromUserId,
                objectName,
                content,
                sentTime,
                disableUpdateLastMsg,
                null);
    }

    /** The same under another id. */
    public ClientMessage withUid(String other) {
        return new ClientMessage(
                other,
                conversationType,
                targetId,
                fromUserId,
                objectName,
                content,
                sentTime,
                disableUpdateLastMsg,
                zim);
    }

    /** The bytes that clients get. */
    public byte[] forClients() {
        return Json.write(zim == null ? this : zim);
    }

    /** RongCloud's conversation types, as far as Fanfare sends into them. */
    public enum ConversationType {
        SYSTEM,
        GROUP,
        PRIVATE
    }
}
