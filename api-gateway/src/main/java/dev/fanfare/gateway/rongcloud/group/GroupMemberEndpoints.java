package dev.fanfare.gateway.rongcloud.group;

import dev.fanfare.gateway.group.GroupMembers;
import dev.fanfare.gateway.group.GroupName;
import dev.fanfare.gateway.group.Groups;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.rongcloud.Answer;
import dev.fanfare.gateway.rongcloud.Endpoint;
import dev.fanfare.gateway.rongcloud.FieldRules;
import dev.fanfare.gateway.rongcloud.FormEndpoint;
import dev.fanfare.gateway.rongcloud.FormFields;
import dev.fanfare.gateway.rongcloud.Prepared;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** {@code /group/user/query.json}, {@code /user/group/query.json} and {@code /group/sync.json}: who is where. */
@ApplicationScoped
public class GroupMemberEndpoints {

    private static final int GROUPS_PER_USER = 1000;

    private final Groups groups;

    GroupMemberEndpoints(Groups groups) {
        this.groups = groups;
    }

    @Produces
    @Singleton
    Endpoint members() {
        return new FormEndpoint(EndpointQuota.GROUP_MEMBERS, this::members);
    }

    @Produces
    @Singleton
    Endpoint groupsOfUser() {
        return new FormEndpoint(EndpointQuota.USER_GROUPS, this::groupsOfUser);
    }

    @Produces
    @Singleton
    Endpoint sync() {
        return new FormEndpoint(EndpointQuota.GROUP_SYNC, this::sync);
    }

    private Prepared members(String appKey, FormFields form) {
        String group = form.text("groupId");
        FieldRules rules = new FieldRules().id("groupId", group);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(
                        () -> groups.members(appKey, group).map(members -> members.map(GroupMemberEndpoints::answer)
                                .orElseGet(GroupAnswers::noSuchGroup))));
    }

    private static Answer answer(GroupMembers members) {
        return Answer.success(Map.of(
                "users",
                members.userIds().stream().map(user -> Map.of("id", user)).toList()));
    }

    private Prepared groupsOfUser(String appKey, FormFields form) {
        String user = form.text("userId");
        FieldRules rules = new FieldRules().id("userId", user);
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() -> Prepared.ready(
                        () -> groups.groupsOf(appKey, user).map(found -> Answer.success(Map.of("groups", found)))));
    }

    /** {@code group[<id>]=<name>} for every group of the user; none of them means: in no group. */
    private Prepared sync(String appKey, FormFields form) {
        String user = form.text("userId");
        List<GroupName> all = form.keyed("group").entrySet().stream()
                .map(group -> new GroupName(group.getKey(), group.getValue()))
                .toList();
        FieldRules rules = new FieldRules().id("userId", user);
        if (!all.isEmpty()) {
            rules.ids("group", all.stream().map(GroupName::id).toList(), GROUPS_PER_USER);
        }
        all.forEach(group -> rules.optionalName("group[...]", group.name()));
        return Prepared.refusal(form.problems(), rules.found())
                .orElseGet(() ->
                        Prepared.ready(() -> groups.sync(appKey, user, all).map(GroupAnswers::of)));
    }
}
