package dev.fanfare.delivery.push.oppo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.delivery.push.AccessToken.Grant;
import dev.fanfare.delivery.push.AccessToken.NotGrantedException;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Accepted;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import dev.fanfare.delivery.push.http.HttpReply;
import dev.fanfare.delivery.push.http.VendorDay;
import dev.fanfare.delivery.push.http.WithToken.Attempt;
import java.time.Duration;

/** OPPO's answers: {@code code} 0, one of the common table (-2 to 67), or one of a call's own (10000 and above). */
final class OppoAnswer {

    private static final Duration TOKEN_TIME = Duration.ofHours(24);

    private OppoAnswer() {}

    static Grant ofAuthentication(HttpReply reply) {
        JsonNode token = reply.body().path("data").path("auth_token");
        if (reply.isOk() && reply.body().path("code").asInt(-1) == 0 && token.isTextual()) {
            return new Grant(token.asText(), TOKEN_TIME);
        }
        String reason =
                reply.isOk() ? "code " + reply.body().path("code").asText("unreadable") : "http " + reply.status();
        throw new NotGrantedException(reason, reply.retryAfter());
    }

    static Attempt ofPush(HttpReply reply) {
        if (!reply.isOk()) {
            return Attempt.over(reply.refusal());
        }
        JsonNode code = reply.body().path("code");
        if (!code.canConvertToInt()) {
            return Attempt.over(reply.unreadable());
        }
        return new Attempt(code.asInt() == 11 || code.asInt() == 29, result(code.asInt(), reply));
    }

    private static PushResult result(int code, HttpReply reply) {
        JsonNode data = reply.body().path("data");
        return switch (code) {
            case 0 ->
                new Accepted(
                        data.path("messageId").asText(data.path("message_id").asText(null)));
            // The same app_message_id for the same device: it has been taken before.
            case 32 -> new Accepted(null);
            case 10000 -> new Rejected(code + " invalid registration id", reply.at());
            case -2, -1 -> new Unavailable(code + " service unavailable", reply.retryAfter(), Scope.CREDENTIAL);
            case 13, 55 -> new Unavailable(code + " too many calls", reply.retryAfter(), Scope.CREDENTIAL);
            case 33 -> new Unavailable(code + " quota of the day", VendorDay.untilNext(reply.at()), Scope.CREDENTIAL);
            case 11, 29 -> new Unavailable(code + " auth token", reply.retryAfter(), Scope.CREDENTIAL);
            case 14, 15, 16, 17, 18, 19, 26, 27, 28, 30 ->
                new Unavailable(code + " app not authorized", reply.retryAfter(), Scope.CREDENTIAL);
            case 12, 20, 21, 22, 23, 24, 25, 31, 34, 40, 41, 51, 59, 67 -> new Rejected(code + " parameter", null);
            // Nobody knows whether it is for good: tried again, and dead-lettered when that does not help.
            default -> new Unavailable("code " + code, reply.retryAfter(), Scope.PUSH);
        };
    }
}
