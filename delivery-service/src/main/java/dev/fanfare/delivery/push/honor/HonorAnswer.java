package dev.fanfare.delivery.push.honor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Accepted;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import dev.fanfare.delivery.push.http.HttpReply;
import dev.fanfare.delivery.push.http.WithToken.Attempt;

/**
 * Honor's answers: {@code code} 200 with what became of the token, or one of the table, which is Huawei's with some codes
 * more.
 */
final class HonorAnswer {

    private static final int SUCCESS = 200;

    private HonorAnswer() {}

    static Attempt ofPush(HttpReply reply, String token) {
        JsonNode code = reply.body().path("code");
        if (!code.isTextual() && !code.canConvertToInt()) {
            return new Attempt(reply.status() == 401, reply.isOk() ? reply.unreadable() : reply.refusal());
        }
        int number = code.asInt();
        boolean tokenRefused = number == 401 || number == 80200001 || number == 80200003;
        return new Attempt(tokenRefused, number == SUCCESS ? success(reply, token) : refusal(number, reply));
    }

    private static PushResult success(HttpReply reply, String token) {
        JsonNode data = reply.body().path("data");
        if (contains(data.path("expireTokens"), token)) {
            return new Rejected("expireTokens", reply.at());
        }
        if (contains(data.path("failTokens"), token)) {
            return new Unavailable("failTokens", reply.retryAfter(), Scope.PUSH);
        }
        return new Accepted(data.path("requestId").asText(null));
    }

    private static PushResult refusal(int code, HttpReply reply) {
        return switch (code) {
            case 401, 80200001, 80200003 ->
                new Unavailable(code + " access token", reply.retryAfter(), Scope.CREDENTIAL);
            case 403, 80300002, 80600003 ->
                new Unavailable(code + " app not authorized", reply.retryAfter(), Scope.CREDENTIAL);
            case 429, 80300009 -> new Unavailable(code + " too many requests", reply.retryAfter(), Scope.CREDENTIAL);
            case 500, 502, 503, 504, 81000001 ->
                new Unavailable(code + " system error", reply.retryAfter(), Scope.CREDENTIAL);
            case 80300007 -> new Rejected(code + " invalid token", reply.at());
            case 400, 404, 80100000, 80100001, 80100003, 80100004, 80100013, 80100016, 80300008, 80300010, 80300011 ->
                new Rejected(code + " parameter", null);
            // Nobody knows whether it is for good: tried again, and dead-lettered when that does not help.
            default -> new Unavailable("code " + code, reply.retryAfter(), Scope.PUSH);
        };
    }

    private static boolean contains(JsonNode tokens, String token) {
        for (JsonNode each : tokens) {
            if (each.asText().equals(token)) {
                return true;
            }
        }
        return false;
    }
}
