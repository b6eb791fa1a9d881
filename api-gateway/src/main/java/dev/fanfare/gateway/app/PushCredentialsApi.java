package dev.fanfare.gateway.app;

import dev.fanfare.gateway.InternalCallHeaders;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The internal API of delivery-service for push credentials. Bodies are passed on as they are. */
@Path("/internal/v1/apps/{app}/push")
@RegisterRestClient(configKey = "delivery")
@RegisterClientHeaders(InternalCallHeaders.class)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
interface PushCredentialsApi {

    @GET
    Uni<String> list(String app);

    @GET
    @Path("/{provider}")
    Uni<String> get(String app, String provider);

    @PUT
    @Path("/{provider}")
    Uni<String> put(String app, String provider, String body);

    @POST
    @Path("/{provider}/check")
    Uni<String> check(String app, String provider);

    @DELETE
    @Path("/{provider}")
    Uni<Void> delete(String app, String provider);
}
