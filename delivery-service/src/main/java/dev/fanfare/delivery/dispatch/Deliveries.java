package dev.fanfare.delivery.dispatch;

import dev.fanfare.contracts.delivery.DirectDelivery;
import java.util.Objects;

/** What a delivery must have so that it can be delivered. */
public final class Deliveries {

    private Deliveries() {}

    /** Whether nothing is missing without which nobody could get it. */
    public static boolean isComplete(DirectDelivery delivery) {
        return delivery != null
                && delivery.appKey() != null
                && delivery.policy() != null
                && delivery.userIds() != null
                && delivery.userIds().stream().allMatch(Objects::nonNull)
                && delivery.message() != null
                && delivery.message().messageUID() != null;
    }
}
