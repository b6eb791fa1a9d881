package dev.fanfare.gateway.outcome;

import dev.fanfare.gateway.InternalCallHeaders;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.Map;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The internal API of delivery-service, as far as it is about what became of messages. */
@Path("/internal/v1/apps/{app}/messages/{messageUID}")
@RegisterRestClient(configKey = "delivery")
@RegisterClientHeaders(InternalCallHeaders.class)
interface DeliveryApi {

    /** The public answer: nothing in it is the gateway's business. */
    @GET
    Uni<Map<String, Object>> report(
            String app, String messageUID, @QueryParam("after") String after, @QueryParam("limit") int limit);
}
