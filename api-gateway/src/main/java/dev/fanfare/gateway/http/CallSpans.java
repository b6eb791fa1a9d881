package dev.fanfare.gateway.http;

import dev.fanfare.runtime.trace.SpanAttributes;
import dev.fanfare.runtime.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The span of a call, from its headers to the last byte of its answer; the first of its trace, unless the caller is in one.
 * It is {@link Span#current()} where the call is worked on. To be used on the request's own Vert.x context.
 */
@ApplicationScoped
public class CallSpans {

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final int SERVER_ERRORS = 500;

    private static final TextMapGetter<HttpServerRequest> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpServerRequest request) {
            return request.headers().names();
        }

        @Override
        public String get(HttpServerRequest request, String name) {
            return request.getHeader(name);
        }
    };

    private final Tracing tracing;

    CallSpans(Tracing tracing) {
        this.tracing = tracing;
    }

    /** @param route the endpoint as the documentation names it, not what was called: a query has signatures in it */
    public void begin(RoutingContext call, String route) {
        if (!tracing.isOn()) {
            return;
        }
        String method = call.request().method().name();
        Span span = tracing.begin(method + " " + route, SpanKind.SERVER, call.request(), HEADERS);
        if (!span.isRecording()) {
            return;
        }
        span.setAttribute(METHOD, method).setAttribute(ROUTE, route);
        call.addEndHandler(ended -> end(span, call.response().getStatusCode()));
        // Kept in the request's Vert.x context, and goes with it.
        Context.root().with(span).makeCurrent();
    }

    private static void end(Span span, int status) {
        span.setAttribute(STATUS, status);
        if (status >= SERVER_ERRORS) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    /** Whose call it is. */
    public static void caller(String appKey) {
        Span.current().setAttribute(SpanAttributes.APP_KEY, appKey);
    }

    /** @param code the vendor's */
    public static void answered(int code) {
        Span.current().setAttribute(SpanAttributes.CODE, code);
    }
}
