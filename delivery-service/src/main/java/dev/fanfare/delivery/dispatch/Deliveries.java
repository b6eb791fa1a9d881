package dev.fanfare.delivery.dispatch;

import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.message.MessageType;
import dev.fanfare.delivery.user.UserKey;
import java.util.Objects;

/** What a delivery must have so that it can be delivered, and what it is. */
public final class Deliveries {

    private Deliveries() {}

    /** Whether nothing is missing without which nobody could get it. */
    public static boolean isComplete(DirectDelivery delivery) {
        return delivery != null
                && delivery.appKey() != null
                && delivery.policy() != null
                && delivery.userIds() != null
                && delivery.userIds().stream().allMatch(Objects::nonNull)
                && (delivery.policy() == DeliveryPolicy.ONLINE_ONLY
                        || delivery.userIds().size() == 1)
                && delivery.message() != null
                && delivery.message().messageUID() != null
                && delivery.message().objectName() != null;
    }

    /** Whether it waits for its user; otherwise it is for those who are here. */
    public static boolean isKept(DirectDelivery delivery) {
        return delivery.policy() == DeliveryPolicy.ONLINE_ELSE_PUSH
                && MessageType.of(delivery.message().objectName()).kept();
    }

    /** The one user of a delivery that {@link #isKept}. */
    public static UserKey user(DirectDelivery delivery) {
        return new UserKey(delivery.appKey(), delivery.userIds().get(0));
    }
}
