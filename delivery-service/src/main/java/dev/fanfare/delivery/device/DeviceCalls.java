package dev.fanfare.delivery.device;

import dev.fanfare.delivery.device.Registration.InvalidRegistrationException;
import dev.fanfare.delivery.session.ClientCalls;
import dev.fanfare.delivery.session.SessionInfo;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code registerDevice} and {@code unregisterDevice}: a client says by which token a push provider reaches the device
 * that it is on, or that it shall not any more. One call of a session at a time: a client must not fill the queue before
 * PostgreSQL.
 */
@ApplicationScoped
class DeviceCalls implements ClientCalls {

    private static final String REGISTER = "registerDevice";
    private static final String UNREGISTER = "unregisterDevice";
    private static final String UNNAMED =
            "the connect data must name the device, as {\"deviceId\":\"...\"}, before it can have a token";

    private final Devices devices;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    DeviceCalls(Devices devices) {
        this.devices = devices;
    }

    @Override
    public Uni<Outcome> call(SessionInfo session, String method, byte[] data) {
        boolean register = REGISTER.equals(method);
        if (!register && !UNREGISTER.equals(method)) {
            return Uni.createFrom().item(new Outcome.Unknown());
        }
        if (!session.namedItsDevice()) {
            return Uni.createFrom().item(new Outcome.Refused(UNNAMED));
        }
        DeviceRef device = new DeviceRef(session.appKey(), session.userId(), session.deviceId());
        if (!register) {
            return oneAtATime(session, devices.remove(device));
        }
        try {
            Registration given = Registration.read(data);
            return oneAtATime(session, devices.register(given.of(device, Instant.now())));
        } catch (InvalidRegistrationException e) {
            return Uni.createFrom().item(new Outcome.Refused(e.getMessage()));
        }
    }

    private Uni<Outcome> oneAtATime(SessionInfo session, Uni<?> work) {
        if (!underWay.add(session.sessionId())) {
            return Uni.createFrom().item(new Outcome.TooMany());
        }
        return work.<Outcome>replaceWith(Outcome.Done::new)
                .onTermination()
                .invoke(() -> underWay.remove(session.sessionId()));
    }
}
