package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.fanfare.contracts.message.MessageType;
import java.util.List;
import java.util.Optional;

/**
 * What a push provider shall show for a message, rendered for its one recipient.
 *
 * @param title the name of the sender; null: {@code ext} may have one, or there is none
 * @param content the text; null: the default of the message type decides
 * @param data opaque to Fanfare, reaches the app as {@code appData}
 * @param ext RongCloud's {@code pushExt}, a JSON string
 * @param contentAvailable 1: silent push on iOS
 * @param platforms devices of these only ({@code iOS}, {@code Android}, {@code HarmonyOS}, {@code Web}); null: all
 */
@JsonPropertyOrder({"title", "content", "data", "ext", "contentAvailable", "platforms"})
public record PushNotification(
        String title, String content, String data, String ext, Integer contentAvailable, List<String> platforms) {

    /** For devices of all platforms. */
    public PushNotification(String title, String content, String data, String ext, Integer contentAvailable) {
        this(title, content, data, ext, contentAvailable, null);
    }

    /**
     * The text that is shown for a message, in RongCloud's order ({@code wire/rongcloud.md}, 7.3): for the mentioned,
     * given, default. Empty if there is none.
     *
     * @param objectName of the message; null: the push is about none
     * @param messageContent as its sender gave it; null: left out
     */
    public Optional<String> textFor(String objectName, String messageContent) {
        Optional<MessageType> type = Optional.ofNullable(objectName).map(MessageType::of);
        return type.flatMap(known -> known.mentionedText(messageContent))
                .or(() -> Optional.ofNullable(content).filter(given -> !given.isBlank()))
                .or(() -> type.flatMap(known -> known.defaultPushText(messageContent)));
    }

    /** The same push with a text of its own. */
    public PushNotification withContent(String text) {
        return new PushNotification(title, text, data, ext, contentAvailable, platforms);
    }
}
