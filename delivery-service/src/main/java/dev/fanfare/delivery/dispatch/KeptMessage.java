package dev.fanfare.delivery.dispatch;

import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.user.UserKey;
import java.util.List;
import java.util.function.Predicate;

/**
 * A message of its user's inbox, on its way to the user's devices.
 *
 * @param position where it is; null: it is too old to be kept
 * @param pushDevices devices that shall get a push if they do not get the message
 */
public record KeptMessage(DirectDelivery delivery, InboxPosition position, List<String> pushDevices) {

    public UserKey user() {
        return Deliveries.user(delivery);
    }

    /** The same for some of the devices. */
    public KeptMessage forDevices(Predicate<String> some) {
        return new KeptMessage(
                delivery, position, pushDevices.stream().filter(some).toList());
    }
}
