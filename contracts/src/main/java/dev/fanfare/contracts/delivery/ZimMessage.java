package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.command.ZimContent;

/**
 * What an app client receives of a message of ZIM's API, with the field names of the message that ZIM's own SDKs hand to
 * an app ({@code wire/zego.md}, 6.1). Fields that a message's type does not have are absent.
 *
 * @param type ZIM's number of the message type
 * @param timestamp ms since 1970
 * @param conversationType -1 for a message to all users, 0 of a user, 2 of a group
 * @param fileSize bytes
 * @param audioDuration seconds, like {@code videoDuration}
 */
@JsonPropertyOrder({
    "messageID",
    "type",
    "senderUserID",
    "conversationID",
    "conversationType",
    "timestamp",
    "isBroadcastMessage",
    "isServerMessage",
    "message",
    "subType",
    "extendedData"
})
public record ZimMessage(
        String messageID,
        int type,
        String senderUserID,
        String conversationID,
        int conversationType,
        long timestamp,
        boolean isBroadcastMessage,
        boolean isServerMessage,
        String message,
        Integer subType,
        String extendedData,
        String fileUID,
        String fileDownloadUrl,
        String fileName,
        Long fileSize,
        String largeImageDownloadUrl,
        String thumbnailDownloadUrl,
        Integer originalImageWidth,
        Integer originalImageHeight,
        Integer largeImageWidth,
        Integer largeImageHeight,
        Integer thumbnailWidth,
        Integer thumbnailHeight,
        Integer audioDuration,
        Integer videoDuration,
        String videoFirstFrameDownloadUrl,
        Integer videoFirstFrameWidth,
        Integer videoFirstFrameHeight) {

    /** {@code conversationType} of a message to all users. */
    public static final int TO_ALL_USERS = -1;

    /** {@code conversationType} of a message from one user to another. */
    public static final int TO_USER = 0;

    /** {@code conversationType} of a message to a group. */
    public static final int TO_GROUP = 2;

    private static final int TEXT = 1;
    private static final int IMAGE = 11;
    private static final int AUDIO = 13;
    private static final int VIDEO = 14;
    private static final int CUSTOM = 200;

    /**
     * What clients get of a content. A media content that cannot be read as such has its {@code message} as it was given.
     *
     * @param conversationId empty for a message to all users
     */
    public static ZimMessage of(
            ZimContent content,
            String messageId,
            String senderUserId,
            String conversationId,
            int conversationType,
            long timestamp) {
        int type = content.messageType();
        JsonNode media = type == TEXT || type == CUSTOM ? MissingNode.getInstance() : read(content.message());
        JsonNode original = type == IMAGE ? media.path("Origin") : media;
        JsonNode thumbnail = type == IMAGE ? media.path("Thumbnail") : MissingNode.getInstance();
        JsonNode firstFrame = type == VIDEO ? media.path("Thumbnail") : MissingNode.getInstance();
        JsonNode large = media.path("LargeImage");
        return new ZimMessage(
                messageId,
                type,
                senderUserId,
                conversationId,
                conversationType,
                timestamp,
                conversationType == TO_ALL_USERS,
                true,
                media.isObject() ? null : content.message(),
                type == CUSTOM ? content.subMsgType() : null,
                content.extendedData(),
                text(media, "Uid"),
                text(original, "Url"),
                text(media, "FileName"),
                media.path("Size").isNumber() ? media.path("Size").longValue() : null,
                text(large, "Url"),
                text(thumbnail, "Url"),
                type == IMAGE ? number(original, "Width") : null,
                type == IMAGE ? number(original, "Height") : null,
                number(large, "Width"),
                number(large, "Height"),
                number(thumbnail, "Width"),
                number(thumbnail, "Height"),
                type == AUDIO ? number(media, "MediaDuration") : null,
                type == VIDEO ? number(media, "MediaDuration") : null,
                text(firstFrame, "Url"),
                number(firstFrame, "Width"),
                number(firstFrame, "Height"));
    }

    private static JsonNode read(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).textValue();
    }

    private static Integer number(JsonNode object, String field) {
        return object.path(field).isNumber() ? object.path(field).intValue() : null;
    }
}
