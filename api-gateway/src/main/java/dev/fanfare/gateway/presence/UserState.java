package dev.fanfare.gateway.presence;

/** What delivery-service knows of a user's connections. */
public enum UserState {
    /** A device is connected. */
    ONLINE,
    /** None is, but one was in the last days ({@code fanfare.presence.memory} of delivery-service). */
    OFFLINE,
    /** None was; or Redis lost its data since. */
    NOT_SEEN
}
