package dev.fanfare.delivery.dispatch;

import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.message.MessageType;
import dev.fanfare.delivery.user.UserKey;
import java.util.stream.Stream;

/** What a delivery must have so that it can be delivered, and what it is. */
public final class Deliveries {

    private Deliveries() {}

    /** Whether nothing is missing without which nobody could get it. */
    public static boolean isComplete(DirectDelivery delivery) {
        return delivery != null
                && isName(delivery.appKey())
                && delivery.policy() != null
                && delivery.userIds() != null
                && delivery.userIds().stream().allMatch(Deliveries::isName)
                && delivery.message() != null
                && isName(delivery.message().messageUID())
                && switch (delivery.policy()) {
                    case ONLINE_ONLY -> delivery.message().objectName() != null;
                    case ONLINE_ELSE_PUSH ->
                        delivery.message().objectName() != null
                                && delivery.userIds().size() == 1;
                    case PUSH_OFFLINE, PUSH_ALL -> delivery.push() != null || delivery.recalls() != null;
                }
                && (delivery.recalls() == null || isName(delivery.recalls()));
    }

    /** PostgreSQL has no texts with NUL: a question with one would fail for ever. */
    private static boolean isName(String text) {
        return text != null && text.indexOf('\0') < 0;
    }

    /** Whether it is a push to its users and nothing else. */
    public static boolean isPush(DirectDelivery delivery) {
        return switch (delivery.policy()) {
            case ONLINE_ONLY, ONLINE_ELSE_PUSH -> false;
            case PUSH_OFFLINE, PUSH_ALL -> true;
        };
    }

    /** Whether it waits for its user; otherwise it is for those who are here. */
    public static boolean isKept(DirectDelivery delivery) {
        return delivery.policy() == DeliveryPolicy.ONLINE_ELSE_PUSH
                && MessageType.of(delivery.message().objectName()).kept();
    }

    /** Its users. */
    static Stream<UserKey> users(DirectDelivery delivery) {
        return delivery.userIds().stream().map(user -> new UserKey(delivery.appKey(), user));
    }

    /** The one user of a delivery that {@link #isKept}. */
    public static UserKey user(DirectDelivery delivery) {
        return new UserKey(delivery.appKey(), delivery.userIds().get(0));
    }
}
