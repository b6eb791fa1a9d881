package dev.fanfare.gateway.presence;

import dev.fanfare.gateway.Patience;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Whether users are connected, as delivery-service knows it. Fails with an {@code UnavailableException} when it does not answer. */
@ApplicationScoped
public class Presence {

    private final DeliveryApi delivery;

    Presence(@RestClient DeliveryApi delivery) {
        this.delivery = delivery;
    }

    public Uni<UserState> of(String appKey, String userId) {
        return Patience.with(
                "delivery-service", delivery.presence(appKey, userId).map(Presence::state));
    }

    private static UserState state(DeliveryApi.PresenceOfUser found) {
        if (found.online()) {
            return UserState.ONLINE;
        }
        return found.seen() ? UserState.OFFLINE : UserState.NOT_SEEN;
    }
}
