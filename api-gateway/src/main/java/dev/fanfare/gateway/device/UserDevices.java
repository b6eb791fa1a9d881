package dev.fanfare.gateway.device;

import dev.fanfare.gateway.Patience;
import dev.fanfare.gateway.device.DeliveryApi.DevicesOfUser;
import dev.fanfare.gateway.device.DeliveryApi.Refusal;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * The devices of users, their quiet times and all else that delivery-service keeps of them. Fails with an {@code
 * UnavailableException} when it does not answer.
 */
@ApplicationScoped
public class UserDevices {

    private static final String SERVICE = "delivery-service";

    private final DeliveryApi delivery;

    UserDevices(@RestClient DeliveryApi delivery) {
        this.delivery = delivery;
    }

    /**
     * @param registration JSON as the caller gave it: what it must be like is the devices' own service's business
     * @return what is wrong with it, for the caller; empty when it is done
     */
    public Uni<Optional<String>> register(String appKey, String userId, String deviceId, byte[] registration) {
        return Patience.with(
                SERVICE,
                delivery.register(appKey, userId, deviceId, registration)
                        .replaceWith(Optional::<String>empty)
                        .onFailure(WebApplicationException.class)
                        .recoverWithUni(UserDevices::refusal));
    }

    /** Whatever stands between the services may answer too, and not with a refusal. */
    private static Uni<Optional<String>> refusal(WebApplicationException e) {
        boolean invalid = e.getResponse().getStatus() == Status.BAD_REQUEST.getStatusCode()
                && MediaType.APPLICATION_JSON_TYPE.isCompatible(e.getResponse().getMediaType());
        return invalid
                ? Uni.createFrom()
                        .item(Optional.of(
                                e.getResponse().readEntity(Refusal.class).text()))
                : Uni.createFrom().failure(e);
    }

    public Uni<List<RegisteredDevice>> list(String appKey, String userId) {
        return Patience.with(SERVICE, delivery.devices(appKey, userId).map(DevicesOfUser::devices));
    }

    /** One that is not there is fine. */
    public Uni<Void> remove(String appKey, String userId, String deviceId) {
        return Patience.with(SERVICE, delivery.remove(appKey, userId, deviceId));
    }

    public Uni<Void> setQuietTime(String appKey, String userId, QuietTime time) {
        return Patience.with(SERVICE, delivery.setQuietTime(appKey, userId, time));
    }

    public Uni<Optional<QuietTime>> quietTime(String appKey, String userId) {
        return Patience.with(SERVICE, delivery.quietTime(appKey, userId).map(Optional::ofNullable));
    }

    public Uni<Void> removeQuietTime(String appKey, String userId) {
        return Patience.with(SERVICE, delivery.removeQuietTime(appKey, userId));
    }

    /** Devices, quiet time, inbox and how far each device has read it. */
    public Uni<Void> forget(String appKey, String userId) {
        return Patience.with(SERVICE, delivery.forget(appKey, userId));
    }
}
