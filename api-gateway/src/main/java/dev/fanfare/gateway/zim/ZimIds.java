package dev.fanfare.gateway.zim;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What ids of users and groups are like on ZIM's API ({@code wire/zego.md}, 3.2): up to 32 of digits, ASCII letters, space and
 * a list of signs. Beyond that an id may not be blank, nor dots alone, which mean something else in a path between
 * services.
 */
public final class ZimIds {

    public static final int MAX_BYTES = 32;

    private static final Pattern ALPHABET = Pattern.compile("[0-9A-Za-z!#$%&()+\\-:;<=.>?@\\[\\]^_ {}|~]+");
    private static final String WHAT = " must consist of digits, English letters, spaces and !#$%&()+-:;<=.>?@[]^_{}|~,"
            + " and neither of spaces nor of dots alone";

    private ZimIds() {}

    /** What is wrong with the id of a user. */
    public static Optional<ZimProblem> checkUser(String field, String id) {
        return check(field, id, ZimError.USER_ID_TOO_LONG);
    }

    /** What is wrong with the id of a group. */
    public static Optional<ZimProblem> checkGroup(String field, String id) {
        return check(field, id, ZimError.PARAMETER);
    }

    private static Optional<ZimProblem> check(String field, String id, ZimError tooLong) {
        if (id == null || id.isEmpty()) {
            return Optional.of(ZimProblem.parameter(field + " is required, a string that is not empty"));
        }
        if (ZimFields.bytes(id) > MAX_BYTES) {
            return Optional.of(new ZimProblem(tooLong, field + " is longer than " + MAX_BYTES + " bytes"));
        }
        return !ALPHABET.matcher(id).matches() || id.isBlank() || ".".equals(id) || "..".equals(id)
                ? Optional.of(ZimProblem.parameter(field + WHAT))
                : Optional.empty();
    }
}
