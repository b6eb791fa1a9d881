package dev.fanfare.delivery.mailbox;

import dev.fanfare.contracts.delivery.DirectDelivery;

/**
 * A delivery, for those of its users who were not found here.
 *
 * @param key the key of its record
 * @param reroutes how often it was sent on so far
 */
record Unreached(String key, DirectDelivery delivery, int reroutes) {}
