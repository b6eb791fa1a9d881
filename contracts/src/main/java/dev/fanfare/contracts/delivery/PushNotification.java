package dev.fanfare.contracts.delivery;

/**
 * What a push provider shall show for a message, rendered for its one recipient.
 *
 * @param content the text; null: the default of the message type decides
 * @param data opaque to Fanfare, reaches the app as {@code appData}
 * @param ext RongCloud's {@code pushExt}, a JSON string
 * @param contentAvailable 1: silent push on iOS
 */
public record PushNotification(String content, String data, String ext, Integer contentAvailable) {}
