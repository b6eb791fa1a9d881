package dev.fanfare.gateway.group;

import dev.fanfare.gateway.UnavailableException;
import dev.fanfare.gateway.group.GroupStatusApi.GroupsOfUser;
import dev.fanfare.gateway.group.GroupStatusApi.Leaving;
import dev.fanfare.gateway.group.GroupStatusApi.Members;
import dev.fanfare.gateway.group.GroupStatusApi.Name;
import dev.fanfare.gateway.group.GroupStatusApi.NewGroup;
import dev.fanfare.gateway.group.GroupStatusApi.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Groups and members, which belong to group-status-service. Refusals are values; no answer within {@link #PATIENCE}, or
 * one that makes no sense, is an {@link UnavailableException}.
 */
@ApplicationScoped
public class Groups {

    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final String SERVICE = "group-status-service";

    private final GroupStatusApi api;

    Groups(@RestClient GroupStatusApi api) {
        this.api = api;
    }

    /** Creates the group or adds to it. */
    public Uni<GroupOutcome> create(
            String appKey, String groupId, String name, List<String> userIds, Integer maxMember) {
        return outcome(api.create(appKey, groupId, new NewGroup(name, userIds, maxMember)));
    }

    /** @param name null: stays */
    public Uni<GroupOutcome> join(String appKey, String groupId, String name, List<String> userIds) {
        return outcome(api.join(appKey, groupId, new NewGroup(name, userIds, null)));
    }

    public Uni<GroupOutcome> quit(String appKey, String groupId, List<String> userIds) {
        return outcome(api.quit(appKey, groupId, new Leaving(userIds)));
    }

    public Uni<GroupOutcome> dismiss(String appKey, String groupId) {
        return outcome(api.dismiss(appKey, groupId));
    }

    public Uni<GroupOutcome> rename(String appKey, String groupId, String name) {
        return outcome(api.rename(appKey, groupId, new Name(name)));
    }

    /** From now on the user is in these groups and no other. */
    public Uni<GroupOutcome> sync(String appKey, String userId, List<GroupName> groups) {
        return outcome(api.sync(appKey, userId, new GroupsOfUser(groups)));
    }

    /** Empty: there is no such group. */
    public Uni<Optional<List<String>>> members(String appKey, String groupId) {
        return api.members(appKey, groupId)
                .map(Members::userIds)
                .map(Optional::of)
                .onFailure(Groups::isNotFound)
                .recoverWithItem(Optional.empty())
                .plug(Groups::soon);
    }

    public Uni<List<GroupName>> groupsOf(String appKey, String userId) {
        return api.groupsOf(appKey, userId)
                .map(GroupsOfUser::groups)
                .onFailure(Groups::isNotFound)
                .recoverWithItem(List.of())
                .plug(Groups::soon);
    }

    private static Uni<GroupOutcome> outcome(Uni<Void> call) {
        return call.replaceWith(GroupOutcome.DONE)
                .onFailure(WebApplicationException.class)
                .recoverWithItem(Groups::refusal)
                .plug(Groups::soon);
    }

    private static GroupOutcome refusal(WebApplicationException e) {
        Response response = e.getResponse();
        String reason = isRefusal(response) ? response.readEntity(Refusal.class).reason() : null;
        if ("GROUP_FULL".equals(reason)) {
            return GroupOutcome.FULL;
        }
        if ("NO_SUCH_GROUP".equals(reason)) {
            return GroupOutcome.NO_SUCH_GROUP;
        }
        throw e;
    }

    private static boolean isRefusal(Response response) {
        return response.getStatus() == Response.Status.CONFLICT.getStatusCode()
                || response.getStatus() == Response.Status.NOT_FOUND.getStatusCode();
    }

    private static boolean isNotFound(Throwable e) {
        return e instanceof WebApplicationException refused
                && refused.getResponse().getStatus() == Response.Status.NOT_FOUND.getStatusCode();
    }

    private static <T> Uni<T> soon(Uni<T> answer) {
        return answer.ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .transform(e -> new UnavailableException(SERVICE, e));
    }
}
