package dev.fanfare.delivery.push.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import dev.fanfare.delivery.push.RetryAfter;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/**
 * What a provider answered over HTTP.
 *
 * @param retryAfter null if it does not say
 * @param body a missing node, on which all that is asked is missing too, if it is not JSON
 * @param at the moment of the answer
 */
public record HttpReply(int status, Duration retryAfter, JsonNode body, Instant at) {

    public static HttpReply of(HttpResponse<Buffer> response, Instant at) {
        return new HttpReply(
                response.statusCode(),
                RetryAfter.parse(response.getHeader("Retry-After"), at),
                PushHttp.json(response),
                at);
    }

    public boolean isOk() {
        return status >= 200 && status < 300;
    }

    /**
     * What a status outside 2xx means where the vendor's table says nothing of it: 401 and 403 are about the credential;
     * 408, 425, 429 and 5xx pass; any other is final.
     */
    public PushResult refusal() {
        String reason = "http " + status;
        return switch (status) {
            case 401, 403, 408, 425, 429 -> new Unavailable(reason, retryAfter, Scope.CREDENTIAL);
            default ->
                status >= 400 && status < 500
                        ? new Rejected(reason, null)
                        : new Unavailable(reason, retryAfter, Scope.CREDENTIAL);
        };
    }

    /** It said 2xx, and then nothing that can be understood: it may have taken the push, or not. */
    public PushResult unreadable() {
        return new Unavailable("http " + status + " without a readable answer", retryAfter, Scope.CREDENTIAL);
    }
}
