package dev.fanfare.delivery.push.huawei;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Accepted;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** What an answer of Push Kit means (Huawei, result codes of "Downlink message"). Pure functions. */
final class HuaweiAnswers {

    private HuaweiAnswers() {}

    /** Whether it is about the access token. */
    static boolean isRefusal(int status, JsonNode body) {
        String code = body.path("code").asText();
        return status == 401 || code.equals("80200001") || code.equals("80200003");
    }

    /**
     * @param body of the answer; a missing node if it is not JSON
     * @param retryAfter what the answer asks for; null if it does not
     */
    static PushResult result(int status, JsonNode body, Duration retryAfter, Instant now) {
        String code = body.path("code").asText("status " + status);
        return switch (code) {
            case "80000000" -> new Accepted(body.path("requestId").asText(null));
            // Of the one token that we send to, "some" is that one, if it is named.
            case "80100000" ->
                hasIllegalToken(body)
                        ? new Rejected(code, now)
                        : new Accepted(body.path("requestId").asText(null));
            case "80300007" -> new Rejected(code, now);
            case "80200001", "80200003", "80600003", "81000001" -> new Unavailable(code, retryAfter, Scope.CREDENTIAL);
            default ->
                switch (status) {
                    case 401, 403, 404, 429, 500, 502, 503, 504 -> new Unavailable(code, retryAfter, Scope.CREDENTIAL);
                    default -> new Rejected(code, null);
                };
        };
    }

    /** The message is a JSON object as text: {@code {"success":0,"failure":1,"illegal_tokens":["..."]}}. */
    private static boolean hasIllegalToken(JsonNode body) {
        try {
            byte[] message = body.path("msg").asText().getBytes(StandardCharsets.UTF_8);
            return !Json.read(message, JsonNode.class).path("illegal_tokens").isEmpty();
        } catch (MalformedJsonException otherWords) {
            return false;
        }
    }
}
