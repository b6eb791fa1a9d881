package dev.fanfare.delivery.dispatch;

import dev.fanfare.delivery.device.DeviceRef;
import dev.fanfare.delivery.inbox.InboxReader;
import dev.fanfare.delivery.inbox.InboxState;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which devices have a message already, on whatever node they confirmed it: nobody pushes to those. */
@ApplicationScoped
public class Unconfirmed {

    private final InboxReader inboxes;

    Unconfirmed(InboxReader inboxes) {
        this.inboxes = inboxes;
    }

    /** The same messages in the same order, without the devices that confirmed them. Fails while PostgreSQL is away. */
    public Uni<List<KeptMessage>> of(List<KeptMessage> messages) {
        List<DeviceRef> devices = messages.stream()
                .filter(message -> message.position() != null)
                .flatMap(message -> message.pushDevices().stream().map(device -> ref(message, device)))
                .distinct()
                .toList();
        if (devices.isEmpty()) {
            return Uni.createFrom().item(messages);
        }
        return inboxes.states(devices).map(states -> {
            Map<DeviceRef, InboxState> byDevice = new HashMap<>();
            for (int i = 0; i < devices.size(); i++) {
                byDevice.put(devices.get(i), states.get(i));
            }
            return messages.stream()
                    .map(message -> message.position() == null
                            ? message
                            : message.forDevices(device ->
                                    !byDevice.get(ref(message, device)).hasConfirmed(message.position())))
                    .toList();
        });
    }

    private static DeviceRef ref(KeptMessage message, String device) {
        return new DeviceRef(message.user().appKey(), message.user().userId(), device);
    }
}
