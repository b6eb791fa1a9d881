package dev.fanfare.gateway.zim;

import java.util.List;
import java.util.Optional;

/** How many users a call may name, and what an id may be that is only asked about. */
public final class UserLists {

    /** The vendor's, for these questions alone; elsewhere an id has {@value ZimIds#MAX_BYTES}. */
    private static final int QUERY_BYTES = 64;

    private UserLists() {}

    /** What is wrong with the length of a list that must have one user at least. */
    public static Optional<ZimProblem> size(String field, List<?> users, int most) {
        return users.isEmpty()
                ? Optional.of(ZimProblem.parameter(field + " is required, a list that is not empty"))
                : atMost(field, users, most, ZimError.TOO_MANY_USERS);
    }

    /** A list of ids that must have one at least, each once; what is wrong with it is among the fields' problems. */
    public static List<String> ids(ZimFields fields, String field, int most) {
        List<String> ids = fields.texts(field).stream().distinct().toList();
        fields.check(size(field, ids, most));
        ids.forEach(id -> fields.check(ZimIds.checkUser(field, id)));
        return ids;
    }

    /** What is wrong with the length of a list that may be empty. */
    public static Optional<ZimProblem> atMost(String field, List<?> users, int most, ZimError tooMany) {
        return users.size() > most
                ? Optional.of(new ZimProblem(tooMany, field + " has more than " + most + " entries"))
                : Optional.empty();
    }

    /** What is wrong with ids that are asked about, which may have signs that no new id may have. */
    public static Optional<ZimProblem> forQueries(String field, List<String> ids) {
        if (ids.stream().anyMatch(id -> ZimFields.bytes(id) > QUERY_BYTES)) {
            return Optional.of(
                    ZimProblem.parameter(field + " has an id that is longer than " + QUERY_BYTES + " bytes"));
        }
        return ids.stream().anyMatch(id -> id.isBlank() || id.chars().anyMatch(Character::isISOControl))
                ? Optional.of(ZimProblem.parameter(field + " has an id that is blank or has control characters"))
                : Optional.empty();
    }
}
