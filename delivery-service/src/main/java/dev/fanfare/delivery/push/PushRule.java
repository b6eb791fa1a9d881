package dev.fanfare.delivery.push;

import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.message.MessageType;

/** Which messages become a push notification for a user whom they do not reach otherwise. */
public final class PushRule {

    private PushRule() {}

    /**
     * Whether there is anything to push: the sender did not rule it out, the type is not a status, and there is a text to
     * show, or the push is one that shows nothing.
     */
    public static boolean hasPush(DirectDelivery delivery) {
        PushNotification push = delivery.push();
        return push != null
                && MessageType.of(delivery.message().objectName()).push() != MessageType.Push.NEVER
                && (isSilent(push) || PushText.of(delivery.message(), push).isPresent());
    }

    static boolean isSilent(PushNotification push) {
        return Integer.valueOf(1).equals(push.contentAvailable());
    }
}
