package dev.fanfare.delivery.protocol;

/**
 * Why the server ends a connection. SDKs come back below 3500 and from 4000 to 4499, and stay away from 3500 to 3999 and
 * from 4500 to 4999.
 */
public enum CloseCode {
    TOO_LARGE(1009, "message too large"),
    SHUTDOWN(3001, "shutdown"),
    INTERNAL_ERROR(3004, "internal server error"),
    EXPIRED(3005, "connection expired"),
    SLOW(3008, "slow"),
    INSUFFICIENT_STATE(3010, "insufficient state"),
    NO_PONG(3012, "no pong"),
    INVALID_TOKEN(3500, "invalid token"),
    BAD_REQUEST(3501, "bad request"),
    STALE(3502, "stale"),
    REPLACED(4501, "replaced by a newer session"),
    /** Ours: a new token would not help. */
    BLOCKED(4502, "user is blocked");

    private final int code;
    private final String reason;

    CloseCode(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    public int code() {
        return code;
    }

    /** Whether SDKs come back after this code. */
    public boolean reconnects() {
        return code < 3500 || code >= 4000 && code < 4500;
    }

    /** Never JSON: the js SDK would parse it. */
    public String reason() {
        return reason;
    }
}
