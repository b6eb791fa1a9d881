package dev.fanfare.gateway.zim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The users for whom a call could not be done. As the vendor has it: done for one user at least is {@code Code} 0, and the
 * list says who is missing; done for nobody is the code of the first of the list. For one thread.
 */
public final class UserFailures {

    private final List<Failure> failures = new ArrayList<>();
    private final boolean withText;

    private UserFailures(boolean withText) {
        this.withText = withText;
    }

    /** Of an action that says {@code SubCode} alone. */
    public static UserFailures withCodes() {
        return new UserFailures(false);
    }

    /** Of an action that says {@code SubMessage} too. */
    public static UserFailures withTexts() {
        return new UserFailures(true);
    }

    private record Failure(String userId, ZimProblem problem) {}

    /** @param userId as it was given; null: without one */
    public void add(String userId, ZimProblem problem) {
        failures.add(new Failure(userId == null ? "" : userId, problem));
    }

    public void add(String userId, ZimError error) {
        add(userId, ZimProblem.of(error));
    }

    /**
     * Those of the users who are there; the others are added.
     *
     * @param error why nothing could be done for one who is not there
     */
    public List<String> only(List<String> users, Set<String> there, ZimError error) {
        users.stream().filter(user -> !there.contains(user)).forEach(user -> add(user, error));
        return users.stream().filter(there::contains).toList();
    }

    /**
     * @param list what the action calls the list
     * @param done for how many users it was done
     * @param fields what the answer has beside
     */
    public ZimAnswer answer(String list, int done, Map<String, Object> fields) {
        Map<String, Object> all = new LinkedHashMap<>(fields);
        all.put(list, failures.stream().map(this::entry).toList());
        if (done > 0 || failures.isEmpty()) {
            return ZimAnswer.success(all);
        }
        ZimProblem first = failures.get(0).problem();
        return new ZimAnswer(first.error().code(), first.text(), all, null);
    }

    private Map<String, Object> entry(Failure failure) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("UserId", failure.userId());
        entry.put("SubCode", failure.problem().error().code());
        if (withText) {
            entry.put("SubMessage", failure.problem().text());
        }
        return entry;
    }
}
