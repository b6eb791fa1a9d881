package dev.fanfare.contracts.command;

/**
 * What is wrong with one field of a command, and what to change.
 *
 * @param text for the caller; never repeats the value
 */
public record Violation(String field, Kind kind, String text) {

    /** How a field is wrong; the HTTP APIs give each its code. */
    public enum Kind {
        MISSING,
        MALFORMED,
        TOO_LONG,
        TOO_MANY
    }

    static Violation missing(String field) {
        return new Violation(field, Kind.MISSING, field + " is required");
    }

    static Violation malformed(String field, String whatToChange) {
        return new Violation(field, Kind.MALFORMED, field + " " + whatToChange);
    }

    static Violation tooLong(String field, int limit, String unit) {
        return new Violation(field, Kind.TOO_LONG, field + " is longer than " + limit + " " + unit);
    }

    static Violation tooMany(String field, int limit) {
        return new Violation(field, Kind.TOO_MANY, field + " has more than " + limit + " entries");
    }
}
