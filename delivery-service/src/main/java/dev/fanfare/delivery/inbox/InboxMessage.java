package dev.fanfare.delivery.inbox;

/**
 * A message in an inbox.
 *
 * @param data as clients get it: JSON, UTF-8
 */
public record InboxMessage(long offset, String messageUid, byte[] data) {}
