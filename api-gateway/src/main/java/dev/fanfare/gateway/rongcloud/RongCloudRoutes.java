package dev.fanfare.gateway.rongcloud;

import dev.fanfare.gateway.rongcloud.CallerCheck.Caller;
import io.quarkus.arc.All;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The front door of the RongCloud API. It answers every path that is not the admin API's or Quarkus's own, so that a
 * wrong path gets the vendor's JSON too. Headers are judged before the body is read.
 */
@ApplicationScoped
public class RongCloudRoutes {

    private static final Logger LOGGER = Logger.getLogger(RongCloudRoutes.class);

    /** Before Quarkus's own limit of body sizes, which answers with an empty body. */
    private static final int ORDER = -10;

    private static final List<String> NOT_OURS = List.of("/q/", "/admin/");
    private static final String UNKNOWN = "unknown";

    private final Map<String, Endpoint> endpoints;
    private final CallerCheck callers;
    private final CallHandler handler;
    private final ReplyWriter writer;
    private final Vertx vertx;

    RongCloudRoutes(
            @All List<Endpoint> endpoints, CallerCheck callers, CallHandler handler, ReplyWriter writer, Vertx vertx) {
        this.endpoints = endpoints.stream().collect(Collectors.toUnmodifiableMap(Endpoint::path, Function.identity()));
        this.callers = callers;
        this.handler = handler;
        this.writer = writer;
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        router.route().order(ORDER).handler(this::route);
    }

    private void route(RoutingContext context) {
        // Double slashes and dots are gone from it: the PHP SDK and a host with a slash at its end send "//user/...".
        String path = context.normalizedPath();
        Endpoint endpoint = endpoints.get(path);
        if (endpoint != null) {
            judgeHeaders(context, endpoint);
        } else if (NOT_OURS.stream().anyMatch(path::startsWith)) {
            context.next();
        } else {
            writer.write(context, UNKNOWN, Reply.of(Answer.refused(RongCloudError.NOT_AN_API)));
        }
    }

    private void judgeHeaders(RoutingContext context, Endpoint endpoint) {
        if (context.request().method() != HttpMethod.POST) {
            context.response().putHeader(HttpHeaders.ALLOW, HttpMethod.POST.name());
            write(context, endpoint, Reply.of(Answer.refused(RongCloudError.NOT_POST)));
            return;
        }
        Caller caller = callers.check(context.request());
        if (caller instanceof Caller.Known known) {
            RequestBody.read(context.request(), body -> onBody(context, endpoint, known, body));
        } else {
            write(context, endpoint, Reply.of(((Caller.Refused) caller).answer()));
        }
    }

    private void onBody(RoutingContext context, Endpoint endpoint, Caller.Known caller, Optional<byte[]> body) {
        if (body.isEmpty()) {
            String text = "The body is longer than " + RequestBody.LIMIT_BYTES + " bytes.";
            write(context, endpoint, Reply.of(Answer.refused(RongCloudError.TOO_LONG, text)));
            return;
        }
        Executor eventLoop = eventLoop();
        Call call = new Call(
                caller.app(),
                caller.signature(),
                body.get(),
                context.request().getHeader("Idempotency-Key"),
                eventLoop);
        eventLoop.execute(() -> handler.handle(endpoint, call)
                .emitOn(eventLoop)
                .subscribe()
                .with(
                        reply -> write(context, endpoint, reply),
                        e -> LOGGER.errorf(e, "%s: no answer was made", endpoint.path())));
    }

    /** Hibernate Reactive keeps its session on the Vert.x context: each call has one of its own, marked as such. */
    private Executor eventLoop() {
        Context own = VertxContext.getOrCreateDuplicatedContext(vertx);
        VertxContextSafetyToggle.setContextSafe(own, true);
        return task -> own.runOnContext(ignored -> task.run());
    }

    private void write(RoutingContext context, Endpoint endpoint, Reply reply) {
        writer.write(context, endpoint.quota().endpoint(), reply);
    }
}
