package dev.fanfare.gateway.zim.group;

import dev.fanfare.gateway.group.Groups;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.user.Users;
import dev.fanfare.gateway.zim.UserFailures;
import dev.fanfare.gateway.zim.UserLists;
import dev.fanfare.gateway.zim.ZimAction;
import dev.fanfare.gateway.zim.ZimAnswer;
import dev.fanfare.gateway.zim.ZimCall;
import dev.fanfare.gateway.zim.ZimError;
import dev.fanfare.gateway.zim.ZimFields;
import dev.fanfare.gateway.zim.ZimIds;
import dev.fanfare.gateway.zim.ZimPlan;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code InviteUsersIntoGroup} ({@code wire/zego.md}, 4.9): adds users to a group, at once. {@code EnterGroupTime} is checked and
 * not kept; {@code IsInvite} 1 is refused, for nobody here is asked. Once a second for each group.
 */
@ApplicationScoped
public class InviteUsersIntoGroup implements ZimAction {

    private static final String FAILURES = "ErrorUsers";
    private static final String INFOS = "GroupMemberInfos";
    private static final int USERS = 100;

    private final Groups groups;
    private final Users users;
    private final Clock clock;

    InviteUsersIntoGroup(Groups groups, Users users, Clock clock) {
        this.groups = groups;
        this.users = users;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "InviteUsersIntoGroup";
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.ZIM_GROUP_INVITE;
    }

    @Override
    public ZimError overQuota() {
        return ZimError.GROUP_FREQUENCY;
    }

    @Override
    public Optional<String> failures() {
        return Optional.of(FAILURES);
    }

    @Override
    public ZimPlan plan(ZimCall call) {
        ZimFields fields = ZimFields.of(call.body());
        String operator = fields.text("FromUserId");
        fields.check(ZimIds.checkUser("FromUserId", operator));
        String group = fields.text("GroupId");
        fields.check(ZimIds.checkGroup("GroupId", group));
        List<String> asked = asked(fields);
        asked.forEach(user -> fields.check(ZimIds.checkUser("the id of a user", user)));
        // As the vendor has it, who invites is left out of the list.
        List<String> invited = asked.stream()
                .distinct()
                .filter(user -> user != null && !user.equals(operator))
                .toList();
        return fields.problem()
                .map(ZimPlan::refused)
                .orElseGet(() -> ZimPlan.ofGroup(group, () -> invite(call.app().key(), group, operator, invited)));
    }

    private List<String> asked(ZimFields fields) {
        List<ZimFields> infos = fields.objects(INFOS);
        if (infos.isEmpty()) {
            List<String> ids = fields.texts("UserIds");
            fields.check(UserLists.size("UserIds or " + INFOS, ids, USERS));
            return ids;
        }
        fields.check(UserLists.size(INFOS, infos, USERS));
        List<String> ids = new ArrayList<>();
        for (ZimFields info : infos) {
            ids.add(info.text("UserId"));
            info.number("EnterGroupTime", 0, clock.millis());
            if (info.switchedOn("IsInvite")) {
                info.wrong("IsInvite", "must be 0: users are added without being asked");
            }
            fields.check(info.problem());
        }
        return ids;
    }

    private Uni<ZimAnswer> invite(String appKey, String group, String operator, List<String> invited) {
        List<String> everybody = new ArrayList<>(invited);
        everybody.add(operator);
        return users.find(appKey, everybody)
                .flatMap(known -> known.containsKey(operator)
                        ? GroupRefusals.orNoSuchGroup(
                                groups.members(appKey, group), members -> join(appKey, group, invited, known.keySet()))
                        : Uni.createFrom().item(ZimAnswer.refused(ZimError.SENDER_UNKNOWN)));
    }

    private Uni<ZimAnswer> join(String appKey, String group, List<String> invited, Set<String> known) {
        UserFailures failures = UserFailures.withCodes();
        List<String> joining = failures.only(invited, known, ZimError.NOT_REGISTERED);
        return joining.isEmpty()
                ? Uni.createFrom().item(failures.answer(FAILURES, 0, Map.of()))
                : groups.join(appKey, group, null, joining).map(outcome -> GroupRefusals.of(outcome)
                        .orElseGet(() -> failures.answer(FAILURES, joining.size(), Map.of())));
    }
}
