package dev.fanfare.delivery.push.fcm;

import dev.fanfare.delivery.push.AccessToken;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushSender;
import dev.fanfare.delivery.push.http.HttpReply;
import dev.fanfare.delivery.push.http.WithToken;
import dev.fanfare.delivery.push.http.WithToken.Attempt;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** Sends with one service account. */
final class FcmSender implements PushSender {

    private static final int UNAUTHENTICATED = 401;

    private final PushHttp http;
    private final URI url;
    private final AccessToken accessToken;
    private final Clock clock;

    FcmSender(PushHttp http, URI url, AccessToken accessToken, Clock clock) {
        this.http = http;
        this.url = url;
        this.accessToken = accessToken;
        this.clock = clock;
    }

    @Override
    public Uni<PushResult> send(Push push) {
        Optional<byte[]> message = FcmMessage.of(push, clock.instant());
        if (message.isEmpty()) {
            return Uni.createFrom().item(new PushResult.Rejected("the data leaves no room for a text", null));
        }
        Buffer body = Buffer.buffer(message.get());
        return WithToken.send(accessToken, token -> post(body, token));
    }

    @Override
    public Uni<Optional<String>> problem() {
        return accessToken.problem();
    }

    @Override
    public void close() {
        // Connections are shared with others.
    }

    private Uni<Attempt> post(Buffer body, String token) {
        return http.post(url)
                .bearerTokenAuthentication(token)
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .sendBuffer(body)
                .map(response -> HttpReply.of(response, clock.instant()))
                .map(reply -> new Attempt(reply.status() == UNAUTHENTICATED, result(reply)));
    }

    private static PushResult result(HttpReply reply) {
        return reply.status() == 200
                ? new PushResult.Accepted(reply.body().path("name").asText(null))
                : FcmErrors.result(reply.status(), reply.body(), reply.retryAfter(), reply.at());
    }
}
