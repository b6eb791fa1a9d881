package dev.fanfare.groupstatus.internal;

import dev.fanfare.groupstatus.group.ChangeOutcome;
import dev.fanfare.groupstatus.group.DatabaseAwayException;
import dev.fanfare.groupstatus.group.Groups;
import dev.fanfare.groupstatus.group.GroupsConfig;
import dev.fanfare.groupstatus.group.Members;
import dev.fanfare.groupstatus.internal.GroupRequests.Add;
import dev.fanfare.groupstatus.internal.GroupRequests.GroupsOfUser;
import dev.fanfare.groupstatus.internal.GroupRequests.Remove;
import dev.fanfare.groupstatus.internal.GroupRequests.Rename;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Groups and members for Fanfare's own services. Every call is idempotent, is done whole or not at all, and answers
 * within {@code fanfare.groups.database-patience}: 204 or 200, or a {@link Refusal}.
 */
@Path("/internal/v1/apps/{app}")
public class GroupsResource {

    private static final Logger LOGGER = Logger.getLogger(GroupsResource.class);

    private final Groups groups;
    private final Members members;
    private final int maxMembers;

    GroupsResource(Groups groups, Members members, GroupsConfig config) {
        this.groups = groups;
        this.members = members;
        this.maxMembers = config.maxMembers();
    }

    /** Creates the group or adds to it. */
    @PUT
    @Path("/groups/{group}")
    public Uni<Response> create(String app, String group, Add body) {
        return change(
                GroupRequests.check(group, body, maxMembers),
                () -> groups.add(app, group, body.name(), body.userIds(), body.maxMember(), body.ownerId()));
    }

    /** The same as create: RongCloud's documents call that an alias of join. */
    @POST
    @Path("/groups/{group}/members")
    public Uni<Response> join(String app, String group, Add body) {
        return create(app, group, body);
    }

    @POST
    @Path("/groups/{group}/members/remove")
    public Uni<Response> quit(String app, String group, Remove body) {
        return change(GroupRequests.check(group, body), () -> groups.remove(app, group, body.userIds()));
    }

    @DELETE
    @Path("/groups/{group}")
    public Uni<Response> dismiss(String app, String group) {
        return change(Optional.empty(), () -> groups.dismiss(app, group));
    }

    @PATCH
    @Path("/groups/{group}")
    public Uni<Response> rename(String app, String group, Rename body) {
        return change(
                body == null || body.name() == null ? Optional.of("name is required") : Optional.empty(),
                () -> groups.rename(app, group, body.name()));
    }

    @GET
    @Path("/groups/{group}/members")
    public Uni<Response> members(String app, String group) {
        return members.of(app, group)
                .map(found -> found.map(there -> Response.ok(there).build()).orElseGet(() -> noSuchGroup(group)));
    }

    @GET
    @Path("/users/{user}/groups")
    public Uni<GroupsOfUser> groupsOf(String app, String user) {
        return members.groupsOf(app, user).map(GroupsOfUser::new);
    }

    /** These are all groups of that user. */
    @PUT
    @Path("/users/{user}/groups")
    public Uni<Response> sync(String app, String user, GroupsOfUser body) {
        return change(GroupRequests.check(user, body), () -> groups.sync(app, user, body.groups()));
    }

    @ServerExceptionMapper
    Response databaseAway(DatabaseAwayException e) {
        LOGGER.warn("a call was refused, the database is away", e);
        return Refusal.UNAVAILABLE.response(e.getMessage());
    }

    private static Uni<Response> change(Optional<String> wrong, Supplier<Uni<ChangeOutcome>> change) {
        return wrong.isPresent()
                ? Uni.createFrom().item(Refusal.INVALID.response(wrong.get()))
                : change.get().map(GroupsResource::answer);
    }

    private static Response answer(ChangeOutcome outcome) {
        if (outcome instanceof ChangeOutcome.Full full) {
            return Refusal.GROUP_FULL.response(
                    "group " + full.groupId() + " can have " + full.maxMember() + " members and no more");
        }
        if (outcome instanceof ChangeOutcome.NoSuchGroup missing) {
            return noSuchGroup(missing.groupId());
        }
        return Response.noContent().build();
    }

    private static Response noSuchGroup(String group) {
        return Refusal.NO_SUCH_GROUP.response("there is no group " + group);
    }
}
