package dev.fanfare.delivery.push.apns;

import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import java.time.Instant;

/**
 * What an error of APNs means (Apple, "Handling notification responses from APNs"). APNs does not say when to try again.
 */
final class ApnsErrors {

    private ApnsErrors() {}

    /** @param invalidAt since when the token is not valid, if that is the error */
    static PushResult result(int status, String reason, Instant invalidAt) {
        return switch (reason) {
            case "Unregistered", "ExpiredToken", "BadDeviceToken", "DeviceTokenNotForTopic" ->
                new Rejected(reason, invalidAt);
            case "TooManyRequests" -> new Unavailable(reason, null, Scope.PUSH);
            // The connection was idle for too long: nothing is wrong with the push.
            case "IdleTimeout" -> new Unavailable(reason, null, Scope.PUSH);
            default ->
                switch (status) {
                    case 403, 429, 500, 502, 503, 504 -> new Unavailable(reason, null, Scope.CREDENTIAL);
                    default -> new Rejected(reason, null);
                };
        };
    }
}
