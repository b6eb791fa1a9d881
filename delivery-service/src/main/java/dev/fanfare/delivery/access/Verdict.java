package dev.fanfare.delivery.access;

import java.time.Instant;

/** Whether a client comes in with its token. */
public sealed interface Verdict {

    /**
     * It does, as this user.
     *
     * @param issuedAtMillis when the token was issued, in ms since 1970: by it {@link ConnectAccess#standing} judges the
     *     session again
     */
    record Valid(String appKey, String userId, long issuedAtMillis, Instant expiresAt) implements Verdict {}

    /** Ours once, too old or cut off by {@code user/token/expire}: the client should fetch a new one. */
    record Expired() implements Verdict {}

    /** The token is good but the user is blocked, and a new token would not help. */
    record Blocked() implements Verdict {}

    /** Not ours, or damaged. */
    record Invalid() implements Verdict {}
}
