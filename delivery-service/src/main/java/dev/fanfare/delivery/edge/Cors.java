package dev.fanfare.delivery.edge;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Set;

/**
 * Which web pages may connect. A browser names the page's origin and obeys the answer; apps and servers name none and
 * are let through, for they authenticate by their token.
 */
final class Cors {

    private static final String ALL = "*";

    private final Set<String> allowed;

    Cors(EdgeConfig config) {
        this.allowed = Set.copyOf(config.allowedOrigins());
    }

    boolean allows(FullHttpRequest request) {
        String origin = request.headers().get(HttpHeaderNames.ORIGIN);
        return origin == null || allowed.contains(ALL) || allowed.contains(origin);
    }

    void answer(String origin, HttpHeaders headers) {
        if (origin != null) {
            headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                    .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true")
                    .set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, HttpHeaderNames.RETRY_AFTER)
                    .set(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
        }
    }

    void answerPreflight(HttpHeaders headers) {
        headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, POST")
                .set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "authorization, content-type")
                .set(HttpHeaderNames.ACCESS_CONTROL_MAX_AGE, "300");
    }
}
