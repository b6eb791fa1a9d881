package dev.fanfare.gateway.presence;

import dev.fanfare.gateway.InternalCallHeaders;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The internal API of delivery-service, as far as the gateway needs it. */
@Path("/internal/v1/apps/{app}")
@RegisterRestClient(configKey = "delivery")
@RegisterClientHeaders(InternalCallHeaders.class)
interface DeliveryApi {

    @GET
    @Path("/users/{user}/presence")
    Uni<PresenceOfUser> presence(String app, String user);

    /**
     * @param sessions how many devices are connected
     * @param seen whether any is, or was in the last days
     */
    record PresenceOfUser(boolean online, int sessions, boolean seen) {}
}
