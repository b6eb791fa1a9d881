package dev.fanfare.delivery.protocol;

/** The protocol's codes for a command that failed. A temporary one makes the SDK try again. */
public enum ErrorCode {
    INTERNAL(100, "internal server error", true),
    METHOD_NOT_FOUND(104, "method not found", false),
    BAD_REQUEST(107, "bad request", false),
    NOT_AVAILABLE(108, "not available", false),
    /** The SDK asks the app for a new token and connects again. */
    TOKEN_EXPIRED(109, "token expired", false),
    TOO_MANY_REQUESTS(111, "too many requests", true);

    private final int code;
    private final String message;
    private final boolean temporary;

    ErrorCode(int code, String message, boolean temporary) {
        this.code = code;
        this.message = message;
        this.temporary = temporary;
    }

    public int code() {
        return code;
    }

    public String message() {
        return message;
    }

    public boolean temporary() {
        return temporary;
    }
}
