package dev.fanfare.gateway.presence;

import dev.fanfare.gateway.UnavailableException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Whether a user is connected, as delivery-service knows it. Fails with {@link UnavailableException} when it does not answer. */
@ApplicationScoped
public class Presence {

    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final DeliveryApi delivery;

    Presence(@RestClient DeliveryApi delivery) {
        this.delivery = delivery;
    }

    public Uni<Boolean> isOnline(String appKey, String userId) {
        return delivery.presence(appKey, userId)
                .map(DeliveryApi.PresenceOfUser::online)
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .transform(e -> new UnavailableException("delivery-service", e));
    }
}
