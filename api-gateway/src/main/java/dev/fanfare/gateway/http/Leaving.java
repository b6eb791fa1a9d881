package dev.fanfare.gateway.http;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * How a gateway ends without cutting a call. From SIGTERM on it is not ready, and for {@code quarkus.shutdown.delay} it goes
 * on as before, except that every answer is the last one on its connection ({@code Connection: close}): back ends keep
 * connections for long, and would otherwise send the next call over one that is about to end. After that no connection that
 * is in use is left.
 */
@ApplicationScoped
public class Leaving {

    /** Before everybody who answers. */
    private static final int ORDER = -1000;

    private volatile boolean begun;

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        begun = true;
    }

    void register(@Observes Router router) {
        router.route().order(ORDER).handler(this::route);
    }

    /** HTTP/2 has no such header; its connections are told to go away when the server closes. */
    private void route(RoutingContext context) {
        if (begun && context.request().version() != HttpVersion.HTTP_2) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            // The header is for the client; Vert.x by itself closes only what the client wants closed.
            context.addEndHandler(sent -> context.request().connection().close());
        }
        context.next();
    }
}
