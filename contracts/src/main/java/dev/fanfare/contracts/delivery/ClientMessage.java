package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What an app client receives as {@code data} of a publication, the same JSON in every transport and wire format. It is
 * written once, by the service that expands the command; {@code delivery.stream} carries it as the whole record value,
 * so that the client edge sends on the bytes that it read.
 *
 * @param targetId the conversation: {@code fromUserId} for system messages, the group id for group status
 * @param content exactly what the sender gave, or what its template rendered to
 * @param sentTime ms since 1970
 */
@JsonPropertyOrder({
    "messageUID",
    "conversationType",
    "targetId",
    "fromUserId",
    "objectName",
    "content",
    "sentTime",
    "disableUpdateLastMsg"
})
public record ClientMessage(
        String messageUID,
        ConversationType conversationType,
        String targetId,
        String fromUserId,
        String objectName,
        String content,
        long sentTime,
        Boolean disableUpdateLastMsg) {

    /** RongCloud's conversation types, as far as Fanfare sends into them. */
    public enum ConversationType {
        SYSTEM,
        GROUP
    }
}
