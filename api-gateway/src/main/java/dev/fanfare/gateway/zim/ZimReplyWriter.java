package dev.fanfare.gateway.zim;

import dev.fanfare.contracts.Json;
import dev.fanfare.gateway.http.CallSpans;
import dev.fanfare.gateway.quota.QuotaUsage;
import dev.fanfare.gateway.zim.ZimHandler.Reply;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;

/** Writes answers in the vendor's form, always with HTTP 200. Counts them. */
@ApplicationScoped
class ZimReplyWriter {

    private static final Logger LOGGER = Logger.getLogger(ZimReplyWriter.class);
    private static final String REQUESTS = "fanfare.gateway.requests";
    private static final String CONTENT_TYPE = "application/json; charset=utf-8";
    private static final String MESSAGE_UID = "Fanfare-Message-UID";

    private final MeterRegistry registry;

    ZimReplyWriter(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param endpoint for the metric; must be one of a bounded set */
    void write(RoutingContext context, String endpoint, String requestId, Reply reply) {
        ZimAnswer answer = reply.answer();
        registry.counter(REQUESTS, "endpoint", endpoint, "code", Integer.toString(answer.code()))
                .increment();
        CallSpans.answered(answer.code());
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        LOGGER.debugf("%s code=%d requestId=%s", endpoint, answer.code(), requestId);
        response.putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE);
        if (answer.messageUid() != null) {
            response.putHeader(MESSAGE_UID, answer.messageUid());
        }
        putUsage(response, reply.usage());
        response.end(Buffer.buffer(Json.write(body(answer, requestId))));
    }

    private static void putUsage(HttpServerResponse response, QuotaUsage usage) {
        if (usage == null) {
            return;
        }
        response.putHeader("RateLimit-Limit", Integer.toString(usage.limit()));
        response.putHeader("RateLimit-Remaining", Integer.toString(usage.remaining()));
        response.putHeader("RateLimit-Reset", Long.toString(usage.resetSeconds()));
        if (!usage.admitted()) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, usage.resetSeconds())));
        }
    }

    private static Map<String, Object> body(ZimAnswer answer, String requestId) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("Code", answer.code());
        body.put("Message", answer.message());
        body.put("RequestId", requestId);
        body.putAll(answer.fields());
        return body;
    }
}
