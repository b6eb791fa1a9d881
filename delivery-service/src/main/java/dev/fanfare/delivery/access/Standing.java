package dev.fanfare.delivery.access;

/** How a user stands with a token that was good once. */
public enum Standing {
    GOOD,

    /** The token was cut off; a newer one is good. */
    EXPIRED,

    /** The user is blocked for now, whatever the token. */
    BLOCKED
}
