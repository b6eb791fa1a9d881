package dev.fanfare.delivery.inbox;

import dev.fanfare.delivery.user.UserKey;

/**
 * What is to be read in the place of a message.
 *
 * @param data as clients get it: JSON, UTF-8
 */
public record ReplacedMessage(UserKey user, String messageUid, byte[] data) {}
