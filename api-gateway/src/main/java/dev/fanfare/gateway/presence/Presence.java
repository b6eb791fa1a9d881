package dev.fanfare.gateway.presence;

import dev.fanfare.gateway.Patience;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Whether a user is connected, as delivery-service knows it. Fails with an {@code UnavailableException} when it does not answer. */
@ApplicationScoped
public class Presence {

    private final DeliveryApi delivery;

    Presence(@RestClient DeliveryApi delivery) {
        this.delivery = delivery;
    }

    public Uni<Boolean> isOnline(String appKey, String userId) {
        return Patience.with(
                "delivery-service", delivery.presence(appKey, userId).map(DeliveryApi.PresenceOfUser::online));
    }
}
