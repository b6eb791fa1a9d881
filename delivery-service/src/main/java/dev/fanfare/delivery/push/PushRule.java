package dev.fanfare.delivery.push;

import dev.fanfare.contracts.delivery.DirectDelivery;

/**
 * Which messages become a push notification when their user is not online. The place for everything that decides that:
 * types that are never pushed, texts that are the default of a type.
 */
public final class PushRule {

    private PushRule() {}

    /** Whether there is anything to push. */
    public static boolean hasPush(DirectDelivery delivery) {
        return delivery.push() != null;
    }
}
