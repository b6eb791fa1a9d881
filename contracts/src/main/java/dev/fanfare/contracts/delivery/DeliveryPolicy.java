package dev.fanfare.contracts.delivery;

/** What becomes of a message whose recipient has no live session. */
public enum DeliveryPolicy {
    /** Nothing: a status message is for those who are here. */
    ONLINE_ONLY,
    /**
     * It waits in the inbox of its one user, and each device that does not have it gets a push notification, if the
     * message has one. A message of a status type is for those who are here nevertheless.
     */
    ONLINE_ELSE_PUSH,
    /**
     * Each device of its users gets a push notification, unless its user is online and the session proves to be alive:
     * the message itself comes by the app's stream, or is none. On {@code delivery.bulk} only.
     */
    PUSH_OFFLINE,
    /** Each device of its users gets a push notification, online or not. On {@code delivery.bulk} only. */
    PUSH_ALL
}
