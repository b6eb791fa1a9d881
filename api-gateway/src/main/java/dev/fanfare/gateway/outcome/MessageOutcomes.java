package dev.fanfare.gateway.outcome;

import dev.fanfare.gateway.Patience;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * What became of messages, as delivery-service has it. Fails with an {@code UnavailableException} when it does not answer.
 */
@ApplicationScoped
public class MessageOutcomes {

    private final DeliveryApi delivery;

    MessageOutcomes(@RestClient DeliveryApi delivery) {
        this.delivery = delivery;
    }

    /**
     * @param after the recipients behind this one; null: from the first
     * @return the fields of the answer; empty if nothing is known of such a message of the app
     */
    public Uni<Optional<Map<String, Object>>> of(String appKey, String messageUid, String after, int limit) {
        return Patience.with(
                "delivery-service",
                delivery.report(appKey, messageUid, after, limit)
                        .map(Optional::of)
                        .onFailure(MessageOutcomes::isUnknown)
                        .recoverWithItem(Optional.empty()));
    }

    /** Whatever stands between the services may not find a path either, and says so otherwise. */
    private static boolean isUnknown(Throwable failure) {
        if (!(failure instanceof WebApplicationException refused)) {
            return false;
        }
        Response response = refused.getResponse();
        return response.getStatus() == Status.NOT_FOUND.getStatusCode()
                && MediaType.APPLICATION_JSON_TYPE.isCompatible(response.getMediaType());
    }
}
