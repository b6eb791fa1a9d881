package dev.fanfare.gateway.zim;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.fanfare.contracts.Json;
import dev.fanfare.gateway.app.App;
import dev.fanfare.gateway.http.CallContext;
import dev.fanfare.gateway.http.CallSpans;
import dev.fanfare.gateway.http.RequestBody;
import dev.fanfare.gateway.zim.ZimCallerCheck.Caller;
import dev.fanfare.gateway.zim.ZimHandler.Reply;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The front door of ZIM's API: the path {@code /}, whatever the query. The query is judged before the body is read. Every
 * answer is HTTP 200 with the vendor's envelope.
 */
@ApplicationScoped
public class ZimRoutes {

    private static final Logger LOGGER = Logger.getLogger(ZimRoutes.class);

    /** Before the RongCloud API, which takes every path. */
    private static final int ORDER = -11;

    private static final String PATH = "/";
    private static final String UNKNOWN = "zim";
    private static final int BAD_REQUEST = 400;

    /** More than this is not read on an event loop. */
    private static final int BIG_BODY = 32 * 1024;

    private static final ObjectReader READER =
            Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Map<String, ZimAction> actions;
    private final ZimCallerCheck callers;
    private final ZimHandler handler;
    private final ZimReplyWriter writer;
    private final RequestIds requestIds;
    private final CallSpans spans;
    private final Vertx vertx;

    ZimRoutes(
            @All List<ZimAction> actions,
            ZimCallerCheck callers,
            ZimHandler handler,
            ZimReplyWriter writer,
            CallSpans spans,
            Clock clock,
            Vertx vertx) {
        this.actions = actions.stream().collect(Collectors.toMap(ZimAction::name, Function.identity()));
        this.callers = callers;
        this.handler = handler;
        this.writer = writer;
        this.spans = spans;
        this.requestIds = new RequestIds(clock);
        this.vertx = vertx;
    }

    void register(@Observes Router router) {
        router.route().order(ORDER).handler(this::route).failureHandler(this::onFailure);
    }

    /** Vert.x itself turns some requests away, those without a host and with broken escapes for instance. */
    private void onFailure(RoutingContext context) {
        if (!PATH.equals(context.normalizedPath())) {
            context.next();
        } else if (context.request().authority() == null) {
            refuse(context, ZimError.HOST);
        } else if (context.statusCode() == BAD_REQUEST) {
            refuse(context, ZimError.BODY);
        } else {
            LOGGER.error("a call of ZIM's API failed", context.failure());
            refuse(context, ZimError.INTERNAL);
        }
    }

    private void route(RoutingContext context) {
        if (!PATH.equals(context.normalizedPath())) {
            context.next();
            return;
        }
        ZimQuery.read(context.request().query())
                .ifPresentOrElse(query -> judgeAction(context, query), () -> refuse(context, ZimError.BODY));
    }

    private void judgeAction(RoutingContext context, ZimQuery query) {
        String name = query.text("Action");
        ZimAction action = name == null ? null : actions.get(name);
        if (action == null) {
            refuse(context, name == null ? ZimError.ACTION_EMPTY : ZimError.ACTION_UNKNOWN);
            return;
        }
        spans.begin(context, PATH + action.name());
        Caller caller = callers.check(query);
        if (caller instanceof Caller.Known known) {
            CallSpans.caller(known.app().key());
            judgeMethod(context, action, query, known.app());
        } else {
            write(context, action, requestIds.next(), refusal(((Caller.Refused) caller).error()));
        }
    }

    private void judgeMethod(RoutingContext context, ZimAction action, ZimQuery query, App app) {
        if (action.method().equals(context.request().method())) {
            RequestBody.read(vertx, context.request(), body -> onBody(context, action, query, app, body));
        } else {
            String text = action.name() + " is called with " + action.method().name() + ".";
            Reply reply = Reply.of(ZimAnswer.refused(ZimError.ACTION_UNKNOWN, text));
            write(context, action, requestIds.next(), reply);
        }
    }

    private void onBody(RoutingContext context, ZimAction action, ZimQuery query, App app, Optional<byte[]> body) {
        String requestId = requestIds.next();
        Executor eventLoop = CallContext.of(vertx);
        eventLoop.execute(() -> parameters(action, body)
                .emitOn(eventLoop)
                .flatMap(read -> read.isPresent()
                        ? handler.handle(action, new ZimCall(app, query, read.get()), requestId, eventLoop)
                        : Uni.createFrom().item(refusal(ZimError.BODY)))
                .emitOn(eventLoop)
                .subscribe()
                .with(
                        reply -> write(context, action, requestId, reply),
                        e -> LOGGER.errorf(e, "%s: no answer was made", action.name())));
    }

    /** Empty: the body cannot be read. */
    private static Uni<Optional<JsonNode>> parameters(ZimAction action, Optional<byte[]> body) {
        if (HttpMethod.GET.equals(action.method())) {
            return Uni.createFrom().item(Optional.of(Json.mapper().createObjectNode()));
        }
        Uni<Optional<JsonNode>> read = Uni.createFrom().item(() -> body.flatMap(ZimRoutes::object));
        return body.isPresent() && body.get().length > BIG_BODY
                ? read.runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                : read;
    }

    private static Optional<JsonNode> object(byte[] body) {
        try {
            return Optional.of(READER.readTree(body)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Reply refusal(ZimError error) {
        return Reply.of(ZimAnswer.refused(error));
    }

    private void refuse(RoutingContext context, ZimError error) {
        writer.write(context, UNKNOWN, requestIds.next(), refusal(error));
    }

    private void write(RoutingContext context, ZimAction action, String requestId, Reply reply) {
        writer.write(context, action.quota().endpoint(), requestId, reply);
    }
}
