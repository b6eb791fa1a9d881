package dev.fanfare.delivery.device;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** What the push role asks about devices. Fails while PostgreSQL is away. */
public interface PushTargets {

    /** Those of these devices that have a token now; one round trip, in no order. */
    Uni<List<PushTarget>> of(Collection<DeviceRef> devices);

    /**
     * Forgets a device whose token a provider called invalid, unless it was registered again since.
     *
     * @param invalidSince what the provider said
     * @return whether it was forgotten
     */
    Uni<Boolean> removeInvalid(Device device, Instant invalidSince);
}
