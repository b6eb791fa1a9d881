package dev.fanfare.gateway.zim.group;

import dev.fanfare.gateway.group.GroupMembers;
import dev.fanfare.gateway.group.Groups;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.user.UserProfile;
import dev.fanfare.gateway.user.Users;
import dev.fanfare.gateway.zim.ZimAction;
import dev.fanfare.gateway.zim.ZimAnswer;
import dev.fanfare.gateway.zim.ZimCall;
import dev.fanfare.gateway.zim.ZimError;
import dev.fanfare.gateway.zim.ZimFields;
import dev.fanfare.gateway.zim.ZimIds;
import dev.fanfare.gateway.zim.ZimPlan;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code QueryGroupMemberList} ({@code wire/zego.md}, 4.9): the members of a group by their ids, in pages. {@code Role} is 1
 * for whom the group was created and 3 for the others, and nobody has a nickname: groups here know no more.
 */
@ApplicationScoped
public class QueryGroupMemberList implements ZimAction {

    private static final int MOST = 1000;
    private static final int OWNER = 1;
    private static final int MEMBER = 3;

    private final Groups groups;
    private final Users users;

    QueryGroupMemberList(Groups groups, Users users) {
        this.groups = groups;
        this.users = users;
    }

    @Override
    public String name() {
        return "QueryGroupMemberList";
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.ZIM_GROUP_MEMBERS;
    }

    @Override
    public ZimError overQuota() {
        return ZimError.MEMBERS_FREQUENCY;
    }

    @Override
    public ZimPlan plan(ZimCall call) {
        ZimFields fields = ZimFields.of(call.body());
        String group = fields.text("GroupId");
        fields.check(ZimIds.checkGroup("GroupId", group));
        Long limit = fields.number("Limit", 0, Long.MAX_VALUE);
        Long page = fields.number("Next", 0, Integer.MAX_VALUE);
        // As the vendor has it: 0, nothing and too much all mean the most.
        int size = limit == null || limit == 0 || limit > MOST ? MOST : limit.intValue();
        return fields.problem()
                .map(ZimPlan::refused)
                .orElseGet(() ->
                        ZimPlan.ready(() -> page(call.app().key(), group, size, page == null ? 0 : page.intValue())));
    }

    private Uni<ZimAnswer> page(String appKey, String group, int size, int page) {
        return GroupRefusals.orNoSuchGroup(groups.members(appKey, group), members -> page(appKey, members, size, page));
    }

    private Uni<ZimAnswer> page(String appKey, GroupMembers group, int size, int page) {
        List<String> members = group.userIds();
        int from = (int) Math.min(members.size(), (long) page * size);
        int to = Math.min(members.size(), from + size);
        List<String> shown = members.subList(from, to);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("TotalCount", members.size());
        fields.put("Next", to < members.size() ? page + 1 : 0);
        Uni<Map<String, UserProfile>> profiles =
                shown.isEmpty() ? Uni.createFrom().item(Map.of()) : users.find(appKey, shown);
        return profiles.map(known -> {
            fields.put(
                    "MemberList",
                    shown.stream()
                            .map(user -> entry(user, known.get(user), user.equals(group.ownerId()) ? OWNER : MEMBER))
                            .toList());
            return ZimAnswer.success(fields);
        });
    }

    /** @param profile null: the member is no registered user, for groups take anybody on the RongCloud API */
    private static Map<String, Object> entry(String userId, UserProfile profile, int role) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("UserId", userId);
        entry.put("UserName", profile == null ? "" : profile.name());
        entry.put("UserNickName", "");
        entry.put("Role", role);
        return entry;
    }
}
