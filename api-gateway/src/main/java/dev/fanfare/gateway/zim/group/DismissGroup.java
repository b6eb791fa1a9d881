package dev.fanfare.gateway.zim.group;

import dev.fanfare.gateway.group.Groups;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.user.Users;
import dev.fanfare.gateway.zim.ZimAction;
import dev.fanfare.gateway.zim.ZimAnswer;
import dev.fanfare.gateway.zim.ZimCall;
import dev.fanfare.gateway.zim.ZimError;
import dev.fanfare.gateway.zim.ZimIds;
import dev.fanfare.gateway.zim.ZimPlan;
import dev.fanfare.gateway.zim.ZimProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;

/** {@code DismissGroup} ({@code wire/zego.md}, 4.9): the end of a group. Any registered user may. */
@ApplicationScoped
public class DismissGroup implements ZimAction {

    private final Groups groups;
    private final Users users;

    DismissGroup(Groups groups, Users users) {
        this.groups = groups;
        this.users = users;
    }

    @Override
    public String name() {
        return "DismissGroup";
    }

    @Override
    public HttpMethod method() {
        return HttpMethod.GET;
    }

    @Override
    public EndpointQuota quota() {
        return EndpointQuota.ZIM_GROUP_DISMISS;
    }

    @Override
    public ZimError overQuota() {
        return ZimError.GROUP_FREQUENCY;
    }

    @Override
    public ZimPlan plan(ZimCall call) {
        String operator = call.query().text("FromUserId");
        String group = call.query().text("GroupId");
        Optional<ZimProblem> problem =
                ZimIds.checkUser("FromUserId", operator).or(() -> ZimIds.checkGroup("GroupId", group));
        return problem.map(ZimPlan::refused)
                .orElseGet(() -> ZimPlan.ofGroup(group, () -> dismiss(call.app().key(), group, operator)));
    }

    private Uni<ZimAnswer> dismiss(String appKey, String group, String operator) {
        return users.find(appKey, operator)
                .flatMap(user -> user.isPresent()
                        ? GroupRefusals.orNoSuchGroup(groups.members(appKey, group), members -> dismiss(appKey, group))
                        : Uni.createFrom().item(ZimAnswer.refused(ZimError.SENDER_UNKNOWN)));
    }

    private Uni<ZimAnswer> dismiss(String appKey, String group) {
        return groups.dismiss(appKey, group)
                .map(outcome -> GroupRefusals.of(outcome).orElseGet(() -> ZimAnswer.success(Map.of())));
    }
}
