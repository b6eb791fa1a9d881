package dev.fanfare.delivery.inbox;

/**
 * An inbox as one device meets it.
 *
 * @param end behind its last message
 * @param confirmed what the device has confirmed; null: it was never here
 */
public record InboxState(InboxPosition end, InboxPosition confirmed) {}
