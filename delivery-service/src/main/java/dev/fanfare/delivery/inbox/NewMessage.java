package dev.fanfare.delivery.inbox;

import dev.fanfare.delivery.user.UserKey;

/**
 * A message on its way into an inbox.
 *
 * @param sentTime ms since 1970; the same whenever the message is stored again
 * @param data as clients get it: JSON, UTF-8
 */
public record NewMessage(UserKey user, String messageUid, long sentTime, byte[] data) {}
