package dev.fanfare.contracts.delivery;

/** What becomes of a message whose recipient has no live session. */
public enum DeliveryPolicy {
    /** Nothing: a status message is for those who are here. */
    ONLINE_ONLY,
    /** A push notification, if the message has one. */
    ONLINE_ELSE_PUSH
}
