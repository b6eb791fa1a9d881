package dev.fanfare.gateway.rongcloud;

import dev.fanfare.gateway.http.CallContext;
import dev.fanfare.gateway.http.CallSpans;
import dev.fanfare.gateway.http.RequestBody;
import dev.fanfare.gateway.rongcloud.CallerCheck.Caller;
import io.quarkus.arc.All;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The front door of the RongCloud API. It answers every path that is not ZIM's, the admin API's or Quarkus's own, so that a
 * wrong path gets the vendor's JSON too. Headers are judged before the body is read.
 */
@ApplicationScoped
public class RongCloudRoutes {

    private static final Logger LOGGER = Logger.getLogger(RongCloudRoutes.class);

    /** Before Quarkus's own limit of body sizes, which answers with an empty body. */
    private static final int ORDER = -10;

    private static final List<String> NOT_OURS = List.of("/q/", "/admin/");
    private static final String UNKNOWN = "unknown";

    private final Map<String, Map<HttpMethod, Endpoint>> endpoints;

    /** Those with fields in their path; all of them are in {@link #endpoints} too. */
    private final List<PathTemplate> templates;

    private final CallerCheck callers;
    private final CallHandler handler;
    private final ReplyWriter writer;
    private final CallSpans spans;
    private final Vertx vertx;

    RongCloudRoutes(
            @All List<Endpoint> endpoints,
            CallerCheck callers,
            CallHandler handler,
            ReplyWriter writer,
            CallSpans spans,
            Vertx vertx) {
        this.endpoints = endpoints.stream()
                .collect(
                        Collectors.groupingBy(Endpoint::path, Collectors.toMap(Endpoint::method, Function.identity())));
        this.templates = this.endpoints.keySet().stream()
                .map(PathTemplate::new)
                .filter(PathTemplate::hasFields)
                .toList();
        this.callers = callers;
        this.handler = handler;
        this.writer = writer;
        this.spans = spans;
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        router.route().order(ORDER).handler(this::route);
    }

    private void route(RoutingContext context) {
        // Double slashes and dots are gone from it: the PHP SDK and a host with a slash at its end send "//user/...".
        String path = context.normalizedPath();
        Map<HttpMethod, Endpoint> found = find(path);
        if (found != null) {
            spans.begin(context, found.values().iterator().next().path());
            judgeMethod(context, found);
        } else if (NOT_OURS.stream().anyMatch(path::startsWith)) {
            context.next();
        } else {
            writer.write(context, UNKNOWN, Reply.of(Answer.refused(RongCloudError.NOT_AN_API)));
        }
    }

    private Map<HttpMethod, Endpoint> find(String path) {
        Map<HttpMethod, Endpoint> exact = endpoints.get(path);
        return exact != null
                ? exact
                : templates.stream()
                        .filter(template -> template.fieldsIn(path).isPresent())
                        .findFirst()
                        .map(template -> endpoints.get(template.text()))
                        .orElse(null);
    }

    private void judgeMethod(RoutingContext context, Map<HttpMethod, Endpoint> byMethod) {
        Endpoint endpoint = byMethod.get(context.request().method());
        if (endpoint != null) {
            judgeHeaders(context, endpoint);
            return;
        }
        List<String> methods =
                byMethod.keySet().stream().map(HttpMethod::name).sorted().toList();
        context.response().putHeader(HttpHeaders.ALLOW, String.join(", ", methods));
        String text = "Only " + String.join(" and ", methods) + (methods.size() == 1 ? " is" : " are") + " supported.";
        write(context, byMethod.values().iterator().next(), Reply.of(Answer.refused(RongCloudError.NOT_POST, text)));
    }

    private void judgeHeaders(RoutingContext context, Endpoint endpoint) {
        Caller caller = callers.check(context.request());
        if (caller instanceof Caller.Known known) {
            CallSpans.caller(known.app().key());
            RequestBody.read(
                    vertx,
                    context.request(),
                    body -> onBody(context, endpoint, known, body.map(read -> fields(context, endpoint, read))));
        } else {
            write(context, endpoint, Reply.of(((Caller.Refused) caller).answer()));
        }
    }

    /** What an endpoint reads its fields from; a form of path and query where the path has fields or the method no body. */
    private static byte[] fields(RoutingContext context, Endpoint endpoint, byte[] body) {
        PathTemplate template = new PathTemplate(endpoint.path());
        if (!template.hasFields() && HttpMethod.POST.equals(endpoint.method())) {
            return body;
        }
        return Stream.of(
                        template.fieldsIn(context.normalizedPath()).orElse(""),
                        Objects.requireNonNullElse(context.request().query(), ""))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("&"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private void onBody(RoutingContext context, Endpoint endpoint, Caller.Known caller, Optional<byte[]> body) {
        if (body.isEmpty()) {
            String text = "The body is longer than " + RequestBody.LIMIT_BYTES + " bytes.";
            write(context, endpoint, Reply.of(Answer.refused(RongCloudError.TOO_LONG, text)));
            return;
        }
        Executor eventLoop = CallContext.of(vertx);
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

    private void write(RoutingContext context, Endpoint endpoint, Reply reply) {
        writer.write(context, endpoint.quota().endpoint(), reply);
    }
}
