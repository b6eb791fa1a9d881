package dev.fanfare.contracts.command;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The content of a message of ZIM's API, as its {@code MessageBody} has it ({@code wire/zego.md}, 3.4).
 *
 * @param messageType 1 text, 11 image, 12 file, 13 audio, 14 video, 200 custom
 * @param subMsgType 0 to 200, of custom messages only
 * @param message the text, or for 11 to 14 a JSON object in a string
 */
@JsonPropertyOrder({"messageType", "subMsgType", "message", "extendedData"})
public record ZimContent(Integer messageType, Integer subMsgType, String message, String extendedData) {

    /** What the {@code objectName} of a message of ZIM's API begins with; ZIM's number of its type follows. */
    public static final String OBJECT_NAME_PREFIX = "ZIM:";

    /** The {@code objectName} that the message has inside Fanfare. */
    public String objectName() {
        return OBJECT_NAME_PREFIX + messageType;
    }
}
