package dev.fanfare.gateway.zim.group;

import dev.fanfare.gateway.group.Groups;
import dev.fanfare.gateway.quota.EndpointQuota;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code KickoutGroupUser} ({@code wire/zego.md}, 4.9): takes up to fifty users out of a group. Anybody may. */
@ApplicationScoped
public class KickoutGroupUser implements ZimAction {

    private static final String FAILURES = "ErrorList";
    private static final int USERS = 50;
    private static final int REASON_BYTES = 32;

    private final Groups groups;

    KickoutGroupUser(Groups groups) {
        this.groups = groups;
    }

    @Override
    public String name() {
        return "KickoutGroupUser";
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.ZIM_GROUP_KICKOUT;
    }

    @Override
    public ZimError overQuota() {
        return ZimError.KICK_FREQUENCY;
    }

    @Override
    public Optional<String> failures() {
        return Optional.of(FAILURES);
    }

    @Override
    public ZimPlan plan(ZimCall call) {
        ZimFields fields = ZimFields.of(call.body());
        fields.check(ZimIds.checkUser("FromUserId", fields.text("FromUserId")));
        String group = fields.text("GroupId");
        fields.check(ZimIds.checkGroup("GroupId", group));
        List<String> users = UserLists.ids(fields, "UserId", USERS);
        fields.text("CustomReason", REASON_BYTES, ZimError.PARAMETER);
        return fields.problem()
                .map(ZimPlan::refused)
                .orElseGet(() -> ZimPlan.ready(() -> kickOut(call.app().key(), group, users)));
    }

    private Uni<ZimAnswer> kickOut(String appKey, String group, List<String> users) {
        return GroupRefusals.orNoSuchGroup(
                groups.members(appKey, group),
                members -> kickOut(appKey, group, users, new HashSet<>(members.userIds())));
    }

    private Uni<ZimAnswer> kickOut(String appKey, String group, List<String> users, Set<String> members) {
        UserFailures failures = UserFailures.withCodes();
        List<String> leaving = failures.only(users, members, ZimError.NOT_A_MEMBER);
        return leaving.isEmpty()
                ? Uni.createFrom().item(failures.answer(FAILURES, 0, Map.of()))
                : groups.quit(appKey, group, leaving).map(outcome -> GroupRefusals.of(outcome)
                        .orElseGet(() -> failures.answer(FAILURES, leaving.size(), Map.of())));
    }
}
