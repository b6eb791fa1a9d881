package dev.fanfare.gateway.broadcast;

import dev.fanfare.gateway.InternalCallHeaders;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Map;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The internal API of broadcast-service, as far as the gateway needs it. The answers are public: nothing in them is its business. */
@Path("/internal/apps/{app}/broadcasts")
@RegisterRestClient(configKey = "broadcast")
@RegisterClientHeaders(InternalCallHeaders.class)
interface BroadcastApi {

    @GET
    Uni<Map<String, Object>> list(
            String app,
            @QueryParam("state") String state,
            @QueryParam("after") String after,
            @QueryParam("limit") int limit);

    @GET
    @Path("/{messageUID}")
    Uni<Map<String, Object>> get(String app, String messageUID);

    @POST
    @Path("/{messageUID}/{action}")
    Uni<Map<String, Object>> change(String app, String messageUID, String action);

    /** Why a call was refused. */
    record Refusal(String reason, String text) {}
}
