package dev.fanfare.gateway.group;

import dev.fanfare.gateway.Patience;
import dev.fanfare.gateway.group.GroupStatusApi.GroupsOfUser;
import dev.fanfare.gateway.group.GroupStatusApi.Leaving;
import dev.fanfare.gateway.group.GroupStatusApi.Name;
import dev.fanfare.gateway.group.GroupStatusApi.NewGroup;
import dev.fanfare.gateway.group.GroupStatusApi.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Groups and members, which belong to group-status-service. Refusals are values; no answer within {@link Patience}, or
 * one that makes no sense, is an {@code UnavailableException}.
 */
@ApplicationScoped
public class Groups {

    private static final String SERVICE = "group-status-service";
    private static final String NO_SUCH_GROUP = "NO_SUCH_GROUP";
    private static final int SERVER_ERROR = 500;

    private final GroupStatusApi api;

    Groups(@RestClient GroupStatusApi api) {
        this.api = api;
    }

    /** Creates the group or adds to it. */
    public Uni<GroupOutcome> create(
            String appKey, String groupId, String name, List<String> userIds, Integer maxMember) {
        return outcome(api.create(appKey, groupId, new NewGroup(name, userIds, maxMember, null)));
    }

    /** @param userIds the owner among them */
    public Uni<GroupOutcome> createOwned(
            String appKey, String groupId, String name, List<String> userIds, String ownerId) {
        return outcome(api.create(appKey, groupId, new NewGroup(name, userIds, null, ownerId)));
    }

    /** @param name null: stays */
    public Uni<GroupOutcome> join(String appKey, String groupId, String name, List<String> userIds) {
        return outcome(api.join(appKey, groupId, new NewGroup(name, userIds, null, null)));
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
    public Uni<Optional<GroupMembers>> members(String appKey, String groupId) {
        return Patience.with(
                SERVICE,
                api.members(appKey, groupId)
                        .map(Optional::of)
                        .onFailure(Groups::isNoSuchGroup)
                        .recoverWithItem(Optional.empty()));
    }

    public Uni<List<GroupName>> groupsOf(String appKey, String userId) {
        return Patience.with(SERVICE, api.groupsOf(appKey, userId).map(GroupsOfUser::groups));
    }

    private static Uni<GroupOutcome> outcome(Uni<Void> call) {
        return Patience.with(
                SERVICE,
                call.<GroupOutcome>replaceWith(GroupOutcome.Done::new)
                        .onFailure(WebApplicationException.class)
                        .recoverWithUni(Groups::refusal));
    }

    private static Uni<GroupOutcome> refusal(WebApplicationException e) {
        Refusal refusal = refusalIn(e.getResponse());
        return switch (refusal.reason()) {
            case "GROUP_FULL" -> Uni.createFrom().item(new GroupOutcome.Full());
            case NO_SUCH_GROUP -> Uni.createFrom().item(new GroupOutcome.NoSuchGroup());
            case "INVALID" -> Uni.createFrom().item(new GroupOutcome.Invalid(refusal.text()));
            default -> Uni.createFrom().failure(e);
        };
    }

    private static boolean isNoSuchGroup(Throwable e) {
        return e instanceof WebApplicationException refused
                && NO_SUCH_GROUP.equals(refusalIn(refused.getResponse()).reason());
    }

    /** Whatever stands between the services may answer too, and not with a refusal. */
    private static Refusal refusalIn(Response response) {
        return response.getStatus() < SERVER_ERROR
                        && MediaType.APPLICATION_JSON_TYPE.isCompatible(response.getMediaType())
                ? response.readEntity(Refusal.class)
                : Refusal.NONE;
    }
}
