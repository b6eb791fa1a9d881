package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * How many a message without an outcome per recipient (a broadcast, a group status) was told to: a record of {@code
 * fanfare.delivery.outcome.v1}, told apart from a {@link DeliveryOutcome} by its header {@code ce_type}. The sum of a
 * message's records is what became of it; a late joiner adds one. Best effort: what a node counted in its last second may
 * be lost with it.
 *
 * <p>{@code number} grows with every record of a {@code source} about a message. One that is not higher than the last was
 * told again, and is not to be added again.
 *
 * @param source who counted: a node, or the partition whose records were worked on
 * @param told broadcasts: sessions that it was written to. Group status: users with a session that it was written to, once
 *     for each node that has one
 * @param notOnline group status: members who had no session
 * @param time ms since 1970
 */
@JsonPropertyOrder({"appKey", "messageUID", "source", "number", "told", "notOnline", "time"})
public record DeliveryCount(
        String appKey, String messageUID, String source, long number, int told, int notOnline, long time) {

    /** {@code ce_type} of these records. */
    public static final String EVENT_TYPE = "dev.fanfare.delivery.count.v1";
}
