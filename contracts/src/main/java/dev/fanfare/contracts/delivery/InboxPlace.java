package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * Where a message is in its user's inbox.
 *
 * @param epoch of the inbox
 * @param offset of the message
 */
@JsonPropertyOrder({"epoch", "offset"})
public record InboxPlace(long epoch, long offset) {}
