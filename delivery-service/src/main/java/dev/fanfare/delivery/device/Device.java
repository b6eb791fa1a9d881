package dev.fanfare.delivery.device;

import dev.fanfare.contracts.Secret;
import java.time.Instant;

/**
 * A device of a user that a push provider reaches.
 *
 * @param deviceId what the app names itself with when it connects, so that a live session and a token are known to be the
 *     same device
 * @param provider the name of the {@code PushProvider}, {@code apns} for instance
 * @param token the provider's token, registration id or subscription; a secret: never logged
 * @param environment of APNs; {@code PRODUCTION} for all others
 * @param appId which of the app's bundles or packages the token is of; null: the credential's own
 * @param locale BCP 47; null if unknown
 * @param timeZone IANA; null if unknown
 * @param registeredAt when this token was last registered: a provider that calls it invalid since before is not believed
 */
public record Device(
        String appKey,
        String userId,
        String deviceId,
        String provider,
        Secret token,
        Environment environment,
        String appId,
        String locale,
        String timeZone,
        Instant registeredAt) {

    /** Where a token of APNs is valid. */
    public enum Environment {
        PRODUCTION,
        SANDBOX
    }
}
