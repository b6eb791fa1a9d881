package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/**
 * One message and the users who shall get it: a record of {@code fanfare.delivery.direct.v1}. A personal message names
 * one user, a group status up to {@code Limits.USERS_PER_CHUNK} members.
 *
 * @param push null: this message never becomes a push notification
 */
@JsonPropertyOrder({"appKey", "policy", "userIds", "message", "push"})
public record DirectDelivery(
        String appKey, DeliveryPolicy policy, List<String> userIds, ClientMessage message, PushNotification push) {

    /** The same delivery, for some of its users. */
    public DirectDelivery forUsers(List<String> some) {
        return new DirectDelivery(appKey, policy, some, message, push);
    }
}
