package dev.fanfare.gateway.rongcloud;

import dev.fanfare.contracts.command.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The fields of a call, read leniently where the vendor's own SDKs need it: scalars may be strings, an empty optional
 * field is an absent one, unknown fields are ignored. What cannot be read becomes a {@link Violation}, and the field
 * counts as absent.
 */
public abstract class Fields {

    private final List<Violation> problems;

    /** What stands before the names of the fields where a problem is told. */
    private final String inside;

    protected Fields() {
        this.problems = new ArrayList<>();
        this.inside = "";
    }

    /** Of an object in a field of the whole; its problems are the whole's. */
    protected Fields(Fields whole, String field) {
        this.problems = whole.problems;
        this.inside = whole.inside + field + ".";
    }

    /** What could not be read so far; to be asked after all fields were. */
    public final List<Violation> problems() {
        return problems;
    }

    /** A string; null when absent or empty. */
    public abstract String text(String field);

    /** A whole number; null when absent. */
    public final Long number(String field) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        try {
            return Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            return malformed(field, "must be a whole number");
        }
    }

    /** A whole number of 32 bits; null when absent. */
    public final Integer integer(String field) {
        Long number = number(field);
        if (number == null) {
            return null;
        }
        return number == number.intValue() ? number.intValue() : malformed(field, "is out of range");
    }

    /** {@code true}, {@code false}, or the same as a string or as 1 and 0; null when absent. */
    public final Boolean bool(String field) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1" -> Boolean.TRUE;
            case "false", "0" -> Boolean.FALSE;
            default -> malformed(field, "must be true or false");
        };
    }

    /** Notes what is wrong with a field. Null, so that a reader can return it. */
    protected final <T> T malformed(String field, String what) {
        problems.add(new Violation(inside + field, Violation.Kind.MALFORMED, inside + field + " " + what));
        return null;
    }
}
