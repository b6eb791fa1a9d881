package dev.fanfare.gateway.rongcloud;

import dev.fanfare.contracts.Json;
import dev.fanfare.gateway.http.CallSpans;
import dev.fanfare.gateway.quota.QuotaUsage;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Writes replies in the vendor's form: JSON on every status, {@code code} always, {@code url} on errors. Counts them. */
@ApplicationScoped
class ReplyWriter {

    static final String REQUEST_ID = "X-Request-ID";

    private static final Logger LOGGER = Logger.getLogger(ReplyWriter.class);
    private static final String REQUESTS = "fanfare.gateway.requests";
    private static final String CONTENT_TYPE = "application/json; charset=utf-8";
    private static final int MAX_REQUEST_ID = 36;

    private final MeterRegistry registry;

    ReplyWriter(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param endpoint for the metric; must be one of a bounded set */
    void write(RoutingContext context, String endpoint, Reply reply) {
        int code = reply.answer().code();
        registry.counter(REQUESTS, "endpoint", endpoint, "code", Integer.toString(code))
                .increment();
        CallSpans.answered(code);
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE);
        String requestId = context.request().getHeader(REQUEST_ID);
        if (requestId != null && requestId.length() <= MAX_REQUEST_ID) {
            response.putHeader(REQUEST_ID, requestId);
        }
        putUsage(response, reply);
        if (reply.replayed()) {
            response.putHeader("Idempotent-Replay", "true");
        }
        if (reply.answer() instanceof Answer.Refused refused) {
            LOGGER.debugf("refused %s app=%s code=%d requestId=%s", endpoint, appKeyOf(context), code, requestId);
            response.setStatusCode(refused.error().httpStatus());
        }
        response.end(Buffer.buffer(Json.write(body(context.request().path(), reply.answer()))));
    }

    /** As the caller claims it: who was refused may have lied. */
    private static String appKeyOf(RoutingContext context) {
        return CallerCheck.header(context.request(), CallerCheck.APP_KEY);
    }

    private static void putUsage(HttpServerResponse response, Reply reply) {
        QuotaUsage usage = reply.usage();
        if (usage != null) {
            response.putHeader("RateLimit-Limit", Integer.toString(usage.limit()));
            response.putHeader("RateLimit-Remaining", Integer.toString(usage.remaining()));
            response.putHeader("RateLimit-Reset", Long.toString(usage.resetSeconds()));
        }
        if (reply.retryAfter() != null) {
            long seconds = Math.max(1, (reply.retryAfter().toMillis() + 999) / 1000);
            response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
    }

    private static Map<String, Object> body(String path, Answer answer) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (answer instanceof Answer.Refused refused) {
            body.put("url", path);
            body.put("code", refused.code());
            body.put("errorMessage", refused.text());
        } else {
            body.put("code", answer.code());
            body.putAll(((Answer.Success) answer).fields());
        }
        return body;
    }
}
