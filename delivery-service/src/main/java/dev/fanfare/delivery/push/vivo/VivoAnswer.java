package dev.fanfare.delivery.push.vivo;

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
import java.time.LocalTime;

/** vivo's answers: {@code result} 0, or one of the table ({@code dev.vivo.com.cn/documentCenter/doc/368}). */
final class VivoAnswer {

    /** It is valid for 24 hours; vivo advises to have a new one every one or two. */
    private static final Duration TOKEN_TIME = Duration.ofHours(2);

    private static final int NOT_A_TEST_DEVICE = 4;

    /** Marketing is sent from 7 in the morning to 11 in the evening. */
    private static final LocalTime MORNING = LocalTime.of(7, 0);

    private VivoAnswer() {}

    static Grant ofAuthentication(HttpReply reply) {
        JsonNode token = reply.body().path("authToken");
        if (reply.isOk() && reply.body().path("result").asInt(-1) == 0 && token.isTextual()) {
            return new Grant(token.asText(), TOKEN_TIME);
        }
        String reason =
                reply.isOk() ? "result " + reply.body().path("result").asText("unreadable") : "http " + reply.status();
        throw new NotGrantedException(reason, reply.retryAfter());
    }

    static Attempt ofPush(HttpReply reply) {
        if (!reply.isOk()) {
            return Attempt.over(reply.refusal());
        }
        JsonNode result = reply.body().path("result");
        if (!result.canConvertToInt()) {
            return Attempt.over(reply.unreadable());
        }
        return new Attempt(result.asInt() == 10000, result(result.asInt(), reply));
    }

    private static PushResult result(int code, HttpReply reply) {
        JsonNode invalidUser = reply.body().path("invalidUser");
        if (code == 10302 || invalidUser.hasNonNull("status")) {
            return invalidUser.path("status").asInt() == NOT_A_TEST_DEVICE
                    ? new Rejected("not a test device", null)
                    : new Rejected("10302 invalid regId", reply.at());
        }
        return switch (code) {
            case 0 -> new Accepted(reply.body().path("taskId").asText(null));
            case 10000, 10094 -> new Unavailable(code + " authToken", reply.retryAfter(), Scope.CREDENTIAL);
            case 10070, 10073 ->
                new Unavailable(code + " quota of the day", VendorDay.untilNext(reply.at()), Scope.CREDENTIAL);
            case 10071 ->
                new Unavailable(
                        code + " not at this time of the day", VendorDay.until(MORNING, reply.at()), Scope.PUSH);
            case 10040, 10072, 10093 ->
                new Unavailable(code + " too many requests", reply.retryAfter(), Scope.CREDENTIAL);
            case 10050, 10055, 10056, 10058, 10059, 10066, 10067, 10085, 10096, 10097, 10104, 10303, 10304 ->
                new Rejected(code + " parameter", null);
            // Nobody knows whether it is for good: tried again, and dead-lettered when that does not help.
            default -> new Unavailable("result " + code, reply.retryAfter(), Scope.PUSH);
        };
    }
}
