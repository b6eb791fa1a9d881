package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.access.ConnectAccess;
import dev.fanfare.delivery.access.Verdict;
import dev.fanfare.delivery.position.DevicePositions;
import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.protocol.ErrorCode;
import dev.fanfare.delivery.session.SessionConfig;
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

    /** Of messages in an answer: a client that polls shall not have to ask often. */
    private static final int ANSWER_BYTES = 512 * 1024;

    private final ConnectAccess access;
    private final BroadcastWindow window;
    private final DevicePositions positions;
    private final SessionConfig config;

    public Pull(ConnectAccess access, BroadcastWindow window, DevicePositions positions, SessionConfig config) {
        this.access = access;
        this.window = window;
        this.positions = positions;
        this.config = config;
    }

    void take(FullHttpRequest request, QueryStringDecoder uri, HttpAnswer answer) {
        if (!HttpMethod.GET.equals(request.method())) {
            answer.refuse(HttpResponseStatus.METHOD_NOT_ALLOWED, "GET the messages");
            return;
        }
        Verdict verdict = access.judge(token(request, uri), parameter(uri, "zimAppId"));
        if (verdict instanceof Verdict.Valid user) {
            pull(user, uri, answer);
        } else if (verdict instanceof Verdict.Expired) {
            answer.unauthorized(ErrorCode.TOKEN_EXPIRED.code(), ErrorCode.TOKEN_EXPIRED.message());
        } else if (verdict instanceof Verdict.Blocked) {
            answer.forbidden(CloseCode.BLOCKED.code(), CloseCode.BLOCKED.reason());
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
        Uni<Optional<StreamPosition>> remembered = named.isPresent()
                ? Uni.createFrom().item(Optional.empty())
                : parameter(uri, "deviceId")
                        .map(deviceId -> positionOf(user, deviceId))
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
        remembered
                .subscribe()
                .with(position -> answer.json(
                        PullAnswer.of(window, user.appKey(), named.orElse(null), position.orElse(null), ANSWER_BYTES)
                                .toJson()));
    }

    /**
     * Where a device stands that names itself and no position. One that was never here, or not for long, gets all that is
     * held. What it pulls does not move its position: only the client can say that an answer arrived, and says so by its
     * next {@code since}.
     */
    private Uni<Optional<StreamPosition>> positionOf(Verdict.Valid user, String deviceId) {
        return positions.load(user.appKey(), user.userId(), deviceId, config.presenceTimeout());
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
