package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What a push provider shall show for a message, rendered for its one recipient.
 *
 * @param title the name of the sender; null: {@code ext} may have one, or there is none
 * @param content the text; null: the default of the message type decides
 * @param data opaque to Fanfare, reaches the app as {@code appData}
 * @param ext RongCloud's {@code pushExt}, a JSON string
 * @param contentAvailable 1: silent push on iOS
 */
@JsonPropertyOrder({"title", "content", "data", "ext", "contentAvailable"})
public record PushNotification(String title, String content, String data, String ext, Integer contentAvailable) {}
