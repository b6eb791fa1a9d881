package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What became of a message for a user: a record of {@code fanfare.delivery.outcome.v1}. At least once: after a failure
 * the same outcome may be told again. No content.
 *
 * @param provider which push provider, for the outcomes of a push
 * @param reason why not, in words
 * @param time ms since 1970
 */
@JsonPropertyOrder({"appKey", "userId", "messageUID", "outcome", "provider", "reason", "time"})
public record DeliveryOutcome(
        String appKey, String userId, String messageUID, Kind outcome, String provider, String reason, long time) {

    /** The ways in which a delivery to a user can end, or be on. */
    public enum Kind {
        /** Written to at least one live session of the user. */
        SENT,
        /** A client said by the {@code ack} call that it has the message. */
        ACKNOWLEDGED,
        /** The user was not online and the message has no push notification. */
        NOT_PUSHED,
        /** A push provider took the notification. */
        PUSHED,
        /** A push provider refused it for good. */
        PUSH_REJECTED
    }
}
