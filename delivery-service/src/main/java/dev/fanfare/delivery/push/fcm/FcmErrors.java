package dev.fanfare.delivery.push.fcm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import java.time.Duration;
import java.time.Instant;

/** What an error of FCM means (Firebase, "ErrorCode" of the REST reference v1). A pure function. */
final class FcmErrors {

    private FcmErrors() {}

    /**
     * @param body of the answer; a missing node if it is not JSON
     * @param retryAfter what the answer asks for; null if it does not
     */
    static PushResult result(int status, JsonNode body, Duration retryAfter, Instant now) {
        JsonNode error = body.path("error");
        String code = code(error, status);
        return switch (code) {
            case "UNREGISTERED" -> new Rejected(code, now);
            case "INVALID_ARGUMENT" -> new Rejected(code, isAboutToken(error) ? now : null);
            case "SENDER_ID_MISMATCH" -> new Rejected(code, null);
            default ->
                switch (status) {
                    // Of FCM itself: the service account may not send for the project, or the key for APNs is wrong.
                    case 401, 403, 429, 500, 502, 503, 504 -> new Unavailable(code, retryAfter, Scope.CREDENTIAL);
                    // An answer that is not FCM's: a project that does not exist, a proxy.
                    case 404 -> new Unavailable(code, retryAfter, Scope.CREDENTIAL);
                    default -> new Rejected(code, null);
                };
        };
    }

    private static String code(JsonNode error, int status) {
        for (JsonNode detail : error.path("details")) {
            if (detail.hasNonNull("errorCode")) {
                return detail.path("errorCode").asText();
            }
        }
        return error.path("status").asText("status " + status);
    }

    /** A token that FCM never gave out is an invalid argument as any other: only the details tell it apart. */
    private static boolean isAboutToken(JsonNode error) {
        for (JsonNode detail : error.path("details")) {
            for (JsonNode violation : detail.path("fieldViolations")) {
                if ("message.token".equals(violation.path("field").asText())) {
                    return true;
                }
            }
        }
        return error.path("message").asText().contains("not a valid FCM registration token");
    }
}
