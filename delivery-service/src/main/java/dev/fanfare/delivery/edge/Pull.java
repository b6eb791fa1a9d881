package dev.fanfare.delivery.edge;

import dev.fanfare.contracts.token.UserTokens.Verdict;
import dev.fanfare.delivery.access.ConnectAccess;
import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.protocol.ErrorCode;
import dev.fanfare.delivery.session.SessionConfig;
import dev.fanfare.delivery.window.BroadcastStream;
import dev.fanfare.delivery.window.BroadcastWindow;
import dev.fanfare.delivery.window.StreamPosition;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET /fanfare/v1/pull}: the broadcasts since the last time, for a client that polls. The same token and the same
 * window as for a session, and none of its cost between two requests. Personal messages are not in it.
 */
@ApplicationScoped
public class Pull {

    private static final String BEARER = "Bearer ";

    private final ConnectAccess access;
    private final BroadcastWindow window;
    private final SessionConfig config;

    public Pull(ConnectAccess access, BroadcastStream stream, SessionConfig config) {
        this.access = access;
        this.window = stream.window();
        this.config = config;
    }

    void take(FullHttpRequest request, QueryStringDecoder uri, HttpAnswer answer) {
        if (!HttpMethod.GET.equals(request.method())) {
            answer.refuse(HttpResponseStatus.METHOD_NOT_ALLOWED, "GET the messages");
            return;
        }
        Verdict verdict = access.judge(token(request, uri));
        if (verdict instanceof Verdict.Valid user) {
            pull(user, uri, answer);
        } else if (verdict instanceof Verdict.Expired) {
            answer.unauthorized(ErrorCode.TOKEN_EXPIRED.code(), ErrorCode.TOKEN_EXPIRED.message());
        } else {
            answer.unauthorized(CloseCode.INVALID_TOKEN.code(), CloseCode.INVALID_TOKEN.reason());
        }
    }

    private void pull(Verdict.Valid user, QueryStringDecoder uri, HttpAnswer answer) {
        Optional<String> since = parameter(uri, "since");
        Optional<StreamPosition> named = since.flatMap(PullAnswer::parse);
        if (since.isPresent() && named.isEmpty()) {
            answer.refuse(
                    HttpResponseStatus.BAD_REQUEST,
                    "since must be the position of an earlier answer; leave it out to get all that is held");
            return;
        }
        Uni<StreamPosition> known = named.map(position -> Uni.createFrom().item(position))
                .orElseGet(() -> parameter(uri, "deviceId")
                        .map(deviceId -> positionOf(user, deviceId))
                        .orElseGet(() -> Uni.createFrom().nullItem()));
        known.subscribe()
                .with(position ->
                        answer.json(PullAnswer.of(window.catchUp(user.appKey(), position), config.maxReplyBytes())
                                .toJson()));
    }

    /**
     * Where a device stands that names itself and no position; null for a device that was never here, which gets all that
     * is held. No position of a device is kept yet. Never fails.
     */
    private Uni<StreamPosition> positionOf(Verdict.Valid user, String deviceId) {
        return Uni.createFrom().nullItem();
    }

    /** Empty text if there is none: a token that is not ours. */
    private static String token(FullHttpRequest request, QueryStringDecoder uri) {
        String authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : parameter(uri, "token").orElse("");
    }

    private static Optional<String> parameter(QueryStringDecoder uri, String name) {
        return uri.parameters().getOrDefault(name, List.of()).stream()
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
