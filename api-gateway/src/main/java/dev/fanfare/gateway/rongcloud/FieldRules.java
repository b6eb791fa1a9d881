package dev.fanfare.gateway.rongcloud;

import static dev.fanfare.contracts.Limits.NAME_CHARS;

import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.command.Violation;
import dev.fanfare.contracts.command.Violation.Kind;
import dev.fanfare.contracts.message.MessageUid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rules for the fields of users and groups, collected like {@link CommandRules} does for messages. */
public final class FieldRules {

    /** {@code portraitUri}, UTF-8 bytes. */
    public static final int PORTRAIT_BYTES = 1024;

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]");

    private final List<Violation> found = new ArrayList<>();

    /** What is wrong, in the order of the questions. */
    public List<Violation> found() {
        return found;
    }

    /** A user id or group id. It becomes part of a path between services, where dots alone mean something else. */
    public FieldRules id(String field, String id) {
        CommandRules.checkId(found, field, id);
        if (".".equals(id) || "..".equals(id)) {
            found.add(new Violation(field, Kind.MALFORMED, field + " must not be dots alone"));
        }
        return this;
    }

    public FieldRules messageUid(String field, String uid) {
        if (uid == null) {
            return required(field, null);
        }
        if (!MessageUid.isValid(uid)) {
            found.add(new Violation(
                    field, Kind.MALFORMED, field + " must have the form XXXX-XXXX-XXXX-XXXX of base32hex"));
        }
        return this;
    }

    /** One id or more. */
    public FieldRules ids(String field, List<String> ids, int limit) {
        if (ids == null || ids.isEmpty()) {
            found.add(new Violation(field, Kind.MISSING, field + " is required"));
        } else if (ids.size() > limit) {
            found.add(new Violation(field, Kind.TOO_MANY, field + " has more than " + limit + " entries"));
        } else {
            ids.forEach(id -> id(field, id));
        }
        return this;
    }

    public FieldRules required(String field, Object value) {
        if (value == null) {
            found.add(new Violation(field, Kind.MISSING, field + " is required"));
        }
        return this;
    }

    public FieldRules optionalName(String field, String name) {
        if (name != null && name.length() > NAME_CHARS) {
            found.add(new Violation(field, Kind.TOO_LONG, field + " is longer than " + NAME_CHARS + " characters"));
        }
        return printable(field, name);
    }

    public FieldRules optionalPortrait(String field, String uri) {
        return optionalBytes(field, uri, PORTRAIT_BYTES).printable(field, uri);
    }

    /** A text of at most so many bytes of UTF-8. */
    public FieldRules optionalBytes(String field, String text, int most) {
        if (text != null && text.getBytes(StandardCharsets.UTF_8).length > most) {
            found.add(new Violation(field, Kind.TOO_LONG, field + " is longer than " + most + " bytes of UTF-8"));
        }
        return this;
    }

    /** A text of at most so many characters. */
    public FieldRules optionalChars(String field, String text, int most) {
        if (text != null && text.codePointCount(0, text.length()) > most) {
            found.add(new Violation(field, Kind.TOO_LONG, field + " is longer than " + most + " characters"));
        }
        return this;
    }

    /** What no other rule says. */
    public FieldRules holds(boolean rule, String field, String otherwise) {
        if (!rule) {
            found.add(new Violation(field, Kind.MALFORMED, field + " " + otherwise));
        }
        return this;
    }

    /** A number that must be above zero where it is given. */
    public FieldRules optionalPositive(String field, Number number) {
        if (number != null && number.longValue() <= 0) {
            found.add(new Violation(field, Kind.MALFORMED, field + " must be above 0"));
        }
        return this;
    }

    /** A number that must lie between these, both included, where it is given. */
    public FieldRules optionalRange(String field, Integer number, int least, int most) {
        if (number != null && (number < least || number > most)) {
            String range = most == Integer.MAX_VALUE ? "at least " + least : "from " + least + " to " + most;
            found.add(new Violation(field, Kind.MALFORMED, field + " must be " + range));
        }
        return this;
    }

    /** A time of day, {@code HH:mm:ss}. */
    public FieldRules optionalTime(String field, String time) {
        if (time != null && !TIME.matcher(time).matches()) {
            found.add(new Violation(field, Kind.MALFORMED, field + " must be HH:mm:ss"));
        }
        return this;
    }

    private FieldRules printable(String field, String text) {
        if (text != null && text.chars().anyMatch(Character::isISOControl)) {
            found.add(new Violation(field, Kind.MALFORMED, field + " must not contain control characters"));
        }
        return this;
    }
}
