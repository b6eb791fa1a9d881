package dev.fanfare.delivery.dispatch;

import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.delivery.device.Devices;
import dev.fanfare.delivery.device.ReachableDevice;
import dev.fanfare.delivery.push.Platforms;
import dev.fanfare.delivery.push.PushRule;
import dev.fanfare.delivery.user.UserKey;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Which devices deliveries may be pushed to. */
@ApplicationScoped
public class PushDevices {

    private final Devices devices;

    PushDevices(Devices devices) {
        this.devices = devices;
    }

    /** The devices of the users of some deliveries. */
    public static final class Found {

        private final Map<UserKey, List<ReachableDevice>> byUser;

        private Found(Map<UserKey, List<ReachableDevice>> byUser) {
            this.byUser = byUser;
        }

        /** The ids of those devices of a user that the delivery's push is meant for. */
        public List<String> of(DirectDelivery delivery, String userId) {
            return PushRule.hasPush(delivery)
                    ? byUser.getOrDefault(new UserKey(delivery.appKey(), userId), List.of()).stream()
                            .filter(device -> Platforms.isMeant(delivery.push(), device.provider()))
                            .map(ReachableDevice::deviceId)
                            .toList()
                    : List.of();
        }
    }

    /** In one round trip, or none if there is nothing to push. Fails while PostgreSQL is away. */
    public Uni<Found> of(Collection<DirectDelivery> deliveries) {
        return devices.reachable(deliveries.stream()
                        .filter(PushRule::hasPush)
                        .flatMap(Deliveries::users)
                        .toList())
                .map(Found::new);
    }
}
