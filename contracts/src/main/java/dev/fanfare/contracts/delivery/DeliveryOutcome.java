package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What became of a message for a user: a record of {@code fanfare.delivery.outcome.v1}. At least once: after a failure
 * the same outcome may be told again. No content. It has no {@code ce_type}; other types of this topic do ({@link
 * DeliveryCount}).
 *
 * @param deviceId which device it is about; null where it is about the user
 * @param provider which push provider, for the outcomes of a push
 * @param providerId under which the provider knows the push; null if it gives none
 * @param reason why not, in words
 * @param time ms since 1970
 */
@JsonPropertyOrder({"appKey", "userId", "deviceId", "messageUID", "outcome", "provider", "providerId", "reason", "time"
})
public record DeliveryOutcome(
        String appKey,
        String userId,
        String deviceId,
        String messageUID,
        Kind outcome,
        String provider,
        String providerId,
        String reason,
        long time) {

    /** The ways in which a delivery can end, or be on. Several may follow each other. */
    public enum Kind {
        /** It is in the user's inbox, and every device finds it there. */
        STORED,
        /** The device has it: it said so, or answered a ping that came after it. */
        DELIVERED,
        /** A push provider took the notification. */
        PUSHED,
        /** A push provider refused it for good. */
        REJECTED,
        /** It was not in the device's hands when its time was over. */
        EXPIRED,
        /** By rule nothing more was to be done: no push for this type or user, or no device to push to. */
        DROPPED
    }

    /** The device has the message. */
    public static DeliveryOutcome delivered(
            String appKey, String userId, String deviceId, String messageUID, long time) {
        return new DeliveryOutcome(appKey, userId, deviceId, messageUID, Kind.DELIVERED, null, null, null, time);
    }

    /** About a user. */
    public static DeliveryOutcome ofUser(
            String appKey, String userId, String messageUID, Kind outcome, String reason, long time) {
        return new DeliveryOutcome(appKey, userId, null, messageUID, outcome, null, null, reason, time);
    }
}
