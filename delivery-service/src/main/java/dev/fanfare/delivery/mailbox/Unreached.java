package dev.fanfare.delivery.mailbox;

import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.delivery.outcome.CountSource;

/**
 * A delivery, for those of its users who were not found here.
 *
 * @param key the key of its record
 * @param reroutes how often it was sent on so far
 * @param source its record
 */
record Unreached(String key, DirectDelivery delivery, int reroutes, CountSource source) {}
