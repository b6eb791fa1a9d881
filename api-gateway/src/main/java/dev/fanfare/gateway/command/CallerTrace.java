package dev.fanfare.gateway.command;

import dev.fanfare.contracts.signing.CommandHeaders;
import dev.fanfare.runtime.trace.TraceParent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/**
 * The trace that the caller of a request is in: its {@code traceparent} header, kept in the request's Vert.x context. A call
 * without the header costs nothing.
 */
@ApplicationScoped
class CallerTrace {

    /** Before all routes. */
    private static final int FIRST = -100;

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(call -> {
            TraceParent.of(call.request().getHeader(CommandHeaders.TRACEPARENT))
                    .ifPresent(trace -> Vertx.currentContext().putLocal(CallerTrace.class, trace));
            call.next();
        });
    }

    /** Of the request that is being worked on; empty on other threads, too. */
    Optional<String> current() {
        Context context = Vertx.currentContext();
        return context == null ? Optional.empty() : Optional.ofNullable(context.getLocal(CallerTrace.class));
    }
}
