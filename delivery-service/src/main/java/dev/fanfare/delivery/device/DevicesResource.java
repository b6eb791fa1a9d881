package dev.fanfare.delivery.device;

import dev.fanfare.delivery.device.Registration.InvalidRegistrationException;
import dev.fanfare.delivery.internal.InternalAnswer;
import dev.fanfare.delivery.user.UserKey;
import dev.fanfare.runtime.internal.InternalKey;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Internal HTTP: the devices of a user, as the back end of its app sees them; 503 while PostgreSQL is away. */
@Path("/internal/v1/apps/{app}/users/{user}/devices")
public class DevicesResource {

    private final Devices devices;
    private final InternalKey key;

    DevicesResource(Devices devices, InternalKey key) {
        this.devices = devices;
        this.key = key;
    }

    /** All devices of a user. */
    public record DevicesOfUser(List<View> devices) {}

    /**
     * A device without its token, which nobody needs to see again.
     *
     * @param registeredAt ms since 1970
     */
    public record View(
            String deviceId,
            String provider,
            String environment,
            String appId,
            String locale,
            String timeZone,
            long registeredAt) {

        static View of(Device device) {
            return new View(
                    device.deviceId(),
                    device.provider(),
                    device.environment().name().toLowerCase(Locale.ROOT),
                    device.appId(),
                    device.locale(),
                    device.timeZone(),
                    device.registeredAt().toEpochMilli());
        }
    }

    @GET
    public Uni<Response> list(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("app") String app,
            @PathParam("user") String user) {
        key.check(authorization);
        return InternalAnswer.of(devices.list(new UserKey(app, user)).map(found -> Response.ok(
                        new DevicesOfUser(found.stream().map(View::of).toList()))
                .build()));
    }

    /** @param registration see {@link Registration} */
    @PUT
    @Path("/{device}")
    public Uni<Response> register(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("app") String app,
            @PathParam("user") String user,
            @PathParam("device") String device,
            byte[] registration) {
        key.check(authorization);
        try {
            Registration given = Registration.read(registration);
            return InternalAnswer.done(devices.register(given.of(new DeviceRef(app, user, device), Instant.now())));
        } catch (InvalidRegistrationException e) {
            return Uni.createFrom().item(InternalAnswer.invalid(e.getMessage()));
        }
    }

    /** One that is not there is fine. */
    @DELETE
    @Path("/{device}")
    public Uni<Response> remove(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @PathParam("app") String app,
            @PathParam("user") String user,
            @PathParam("device") String device) {
        key.check(authorization);
        return InternalAnswer.done(devices.remove(new DeviceRef(app, user, device)));
    }
}
