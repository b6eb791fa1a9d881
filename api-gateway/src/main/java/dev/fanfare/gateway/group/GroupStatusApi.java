package dev.fanfare.gateway.group;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fanfare.gateway.InternalCallHeaders;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The internal API of group-status-service, as far as the gateway needs it. */
@Path("/internal/v1/apps/{app}")
@RegisterRestClient(configKey = "group-status")
@RegisterClientHeaders(InternalCallHeaders.class)
interface GroupStatusApi {

    @PUT
    @Path("/groups/{group}")
    Uni<Void> create(String app, String group, NewGroup body);

    @POST
    @Path("/groups/{group}/members")
    Uni<Void> join(String app, String group, NewGroup body);

    @POST
    @Path("/groups/{group}/members/remove")
    Uni<Void> quit(String app, String group, Leaving body);

    @DELETE
    @Path("/groups/{group}")
    Uni<Void> dismiss(String app, String group);

    @PATCH
    @Path("/groups/{group}")
    Uni<Void> rename(String app, String group, Name body);

    @GET
    @Path("/groups/{group}/members")
    Uni<GroupMembers> members(String app, String group);

    @GET
    @Path("/users/{user}/groups")
    Uni<GroupsOfUser> groupsOf(String app, String user);

    @PUT
    @Path("/users/{user}/groups")
    Uni<Void> sync(String app, String user, GroupsOfUser body);

    /** Who is to be in a group. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NewGroup(String name, List<String> userIds, Integer maxMember, String ownerId) {}

    /** Who is not to be in a group any more. */
    record Leaving(List<String> userIds) {}

    /** A new name. */
    record Name(String name) {}

    /** In which groups a user is. */
    record GroupsOfUser(List<GroupName> groups) {}

    /** Why a call was refused. */
    record Refusal(String reason, String text) {

        static final Refusal NONE = new Refusal("", "");
    }
}
