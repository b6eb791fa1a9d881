package dev.fanfare.groupstatus.internal;

import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.command.Violation;
import dev.fanfare.groupstatus.group.NamedGroup;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The bodies of the internal API and what they must be like. */
final class GroupRequests {

    /** User ids in one request; RongCloud's limit. */
    static final int USERS_PER_REQUEST = 1000;

    private GroupRequests() {}

    /**
     * @param maxMember null: as it is, or the default for a new group
     * @param ownerId of a new group; null: nobody in particular
     */
    record Add(String name, List<String> userIds, Integer maxMember, String ownerId) {}

    record Remove(List<String> userIds) {}

    record Rename(String name) {}

    record GroupsOfUser(List<NamedGroup> groups) {}

    /** What is wrong with the request, for the caller; empty: nothing. */
    static Optional<String> check(String group, Add body, int maxMembers) {
        if (body == null) {
            return Optional.of("a JSON body is required");
        }
        if (body.maxMember() != null && (body.maxMember() < 1 || body.maxMember() > maxMembers)) {
            return Optional.of("maxMember must be from 1 to " + maxMembers);
        }
        if (body.ownerId() != null && (body.userIds() == null || !body.userIds().contains(body.ownerId()))) {
            return Optional.of("ownerId must be one of userIds");
        }
        return check(group, body.userIds());
    }

    static Optional<String> check(String group, Remove body) {
        return body == null ? Optional.of("a JSON body is required") : check(group, body.userIds());
    }

    static Optional<String> check(String user, GroupsOfUser body) {
        if (body == null || body.groups() == null) {
            return Optional.of("groups is required");
        }
        List<Violation> found = new ArrayList<>();
        CommandRules.checkId(found, "user", user);
        body.groups().forEach(group -> CommandRules.checkId(found, "groups.id", group == null ? null : group.id()));
        if (found.isEmpty() && distinctIds(body) < body.groups().size()) {
            return Optional.of("groups names a group twice");
        }
        return text(found);
    }

    private static int distinctIds(GroupsOfUser body) {
        return body.groups().stream()
                .map(NamedGroup::id)
                .collect(Collectors.toSet())
                .size();
    }

    private static Optional<String> check(String group, List<String> userIds) {
        if (userIds == null || userIds.isEmpty()) {
            return Optional.of("userIds is required");
        }
        if (userIds.size() > USERS_PER_REQUEST) {
            return Optional.of("userIds has more than " + USERS_PER_REQUEST + " entries");
        }
        List<Violation> found = new ArrayList<>();
        CommandRules.checkId(found, "group", group);
        new HashSet<>(userIds).forEach(userId -> CommandRules.checkId(found, "userIds", userId));
        return text(found);
    }

    private static Optional<String> text(List<Violation> found) {
        return found.stream().map(Violation::text).findFirst();
    }
}
