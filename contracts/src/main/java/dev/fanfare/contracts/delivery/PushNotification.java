package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

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
}
