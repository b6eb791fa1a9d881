package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A session that shall end, told to the node that holds it: a record of {@code fanfare.delivery.node.v1}, in the
 * partition that is that node's mailbox, told apart from a {@link NodeDelivery} by its header {@code ce_type}. A node
 * that has no such session ignores it: session ids are never used twice.
 */
@JsonPropertyOrder({"appKey", "userId", "sessionId", "reason"})
public record SessionEnd(String appKey, String userId, String sessionId, Reason reason) {

    /** {@code ce_type} of these records. */
    public static final String EVENT_TYPE = "dev.fanfare.delivery.session-end.v1";

    /** Why it shall end. */
    public enum Reason {
        /** A newer session takes its place: the user or the device has as many as are allowed. */
        REPLACED
    }
}
