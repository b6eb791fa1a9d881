package dev.fanfare.gateway;

/**
 * Something that the gateway needs does not answer, or not in time: Kafka, PostgreSQL, Redis or another service. The
 * caller may try again; whether the work was done is not known.
 */
public final class UnavailableException extends RuntimeException {

    private final String what;

    public UnavailableException(String what, Throwable cause) {
        super(what + " is not available", cause);
        this.what = what;
    }

    /** Which part is away, for the log. */
    public String what() {
        return what;
    }
}
