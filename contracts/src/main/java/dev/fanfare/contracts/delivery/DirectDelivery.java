package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * One message and the users who shall get it: a record of {@code fanfare.delivery.direct.v1}. A personal message names
 * one user, a group status up to {@code Limits.USERS_PER_CHUNK} members, and so does a chunk of all users of an app.
 *
 * @param push null: this message never becomes a push notification
 * @param recalls the messageUID of an earlier message that this one takes back; null for all others
 */
@JsonPropertyOrder({"appKey", "policy", "userIds", "message", "push", "recalls"})
public record DirectDelivery(
        String appKey,
        DeliveryPolicy policy,
        List<String> userIds,
        ClientMessage message,
        PushNotification push,
        String recalls) {

    /** One that takes nothing back. */
    public DirectDelivery(
            String appKey, DeliveryPolicy policy, List<String> userIds, ClientMessage message, PushNotification push) {
        this(appKey, policy, userIds, message, push, null);
    }

    /** The same delivery, with a push. */
    public DirectDelivery withPush(PushNotification other) {
        return new DirectDelivery(appKey, policy, userIds, message, other, recalls);
    }

    /** The same delivery, for some of its users. */
    public DirectDelivery forUsers(List<String> some) {
        return new DirectDelivery(appKey, policy, some, message, push, recalls);
    }
}
