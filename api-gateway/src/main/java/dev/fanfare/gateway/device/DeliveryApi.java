package dev.fanfare.gateway.device;

import dev.fanfare.gateway.InternalCallHeaders;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The internal API of delivery-service, as far as it is about what users have there. */
@Path("/internal/v1/apps/{app}/users/{user}")
@RegisterRestClient(configKey = "delivery")
@RegisterClientHeaders(InternalCallHeaders.class)
interface DeliveryApi {

    /** @param registration JSON, with the fields of the public call */
    @PUT
    @Path("/devices/{device}")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Void> register(String app, String user, String device, byte[] registration);

    @GET
    @Path("/devices")
    Uni<DevicesOfUser> devices(String app, String user);

    @DELETE
    @Path("/devices/{device}")
    Uni<Void> remove(String app, String user, String device);

    @PUT
    @Path("/quiet-time")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<Void> setQuietTime(String app, String user, QuietTime time);

    /** Null: there is none. */
    @GET
    @Path("/quiet-time")
    Uni<QuietTime> quietTime(String app, String user);

    @DELETE
    @Path("/quiet-time")
    Uni<Void> removeQuietTime(String app, String user);

    @DELETE
    Uni<Void> forget(String app, String user);

    /** All devices of a user. */
    record DevicesOfUser(List<RegisteredDevice> devices) {}

    /** Why a call was refused. */
    record Refusal(String reason, String text) {}
}
