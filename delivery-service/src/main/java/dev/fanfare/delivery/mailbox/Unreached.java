package dev.fanfare.delivery.mailbox;

import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.delivery.outcome.CountSource;
import io.opentelemetry.api.trace.Span;

/**
 * A delivery, for those of its users who were not found here.
 *
 * @param key the key of its record
 * @param reroutes how often it was sent on so far
 * @param source its record
 * @param span of what was done with it here
 */
record Unreached(String key, DirectDelivery delivery, int reroutes, CountSource source, Span span) {}
