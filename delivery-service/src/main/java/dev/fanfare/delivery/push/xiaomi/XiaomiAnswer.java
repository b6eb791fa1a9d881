package dev.fanfare.delivery.push.xiaomi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Accepted;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import dev.fanfare.delivery.push.http.HttpReply;
import dev.fanfare.delivery.push.http.VendorDay;
import java.util.List;

/** Xiaomi's answers: {@code code} 0, or one of the table of its server SDK ({@code ErrorCode}). */
final class XiaomiAnswer {

    private XiaomiAnswer() {}

    static PushResult read(HttpReply reply, String token) {
        if (!reply.isOk()) {
            return reply.refusal();
        }
        JsonNode code = reply.body().path("code");
        if (!code.canConvertToInt()) {
            return reply.unreadable();
        }
        if (code.asInt() == 0) {
            JsonNode data = reply.body().path("data");
            boolean bad = List.of(data.path("bad_regids").asText("").split(",")).contains(token);
            return bad
                    ? new Rejected("bad_regids", reply.at())
                    : new Accepted(data.path("id").asText(null));
        }
        return refusal(code.asInt(), reply);
    }

    private static PushResult refusal(int code, HttpReply reply) {
        return switch (code) {
            // Sent to nobody: the one registration id is not valid. 10029: not a valid device.
            case 20301, 10029 -> new Rejected(code + " no valid registration id", reply.at());
            case -1, 10001, 10002, 10003, 10009, 10010, 10011 ->
                new Unavailable(code + " system error", reply.retryAfter(), Scope.CREDENTIAL);
            case 10022, 10023, 10024, 10027, 10028, 10037, 200002 ->
                new Unavailable(code + " too many requests", reply.retryAfter(), Scope.CREDENTIAL);
            case 200001 ->
                new Unavailable(code + " quota of the day", VendorDay.untilNext(reply.at()), Scope.CREDENTIAL);
            case 10004,
                    10005,
                    10006,
                    10012,
                    10013,
                    10014,
                    10026,
                    21301,
                    22000,
                    22001,
                    22002,
                    22006,
                    22007,
                    22008,
                    22021 -> new Unavailable(code + " app not authorized", reply.retryAfter(), Scope.CREDENTIAL);
            case 22022 -> new Rejected(code + " package name", null);
            case 100, 10007, 10008, 10016, 10017, 10018, 10020, 10021, 10025, 22100, 22101, 22102, 22103 ->
                new Rejected(code + " parameter", null);
            // Nobody knows whether it is for good: tried again, and dead-lettered when that does not help.
            default -> new Unavailable("code " + code, reply.retryAfter(), Scope.PUSH);
        };
    }
}
