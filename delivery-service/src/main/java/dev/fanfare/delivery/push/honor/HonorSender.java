package dev.fanfare.delivery.push.honor;

import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.push.AccessToken;
import dev.fanfare.delivery.push.AccessToken.Grant;
import dev.fanfare.delivery.push.OAuthEndpoint;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushSender;
import dev.fanfare.delivery.push.http.HttpReply;
import dev.fanfare.delivery.push.http.WithToken;
import dev.fanfare.delivery.push.http.WithToken.Attempt;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** Sends with one app of Honor's. */
final class HonorSender implements PushSender {

    private final PushHttp http;
    private final URI sendUrl;
    private final OAuthEndpoint oauth;
    private final String clientId;
    private final Secret clientSecret;
    private final HonorMessage message;
    private final Clock clock;
    private final AccessToken token;

    HonorSender(
            PushHttp http,
            URI sendUrl,
            URI tokenUrl,
            String clientId,
            Secret clientSecret,
            HonorMessage message,
            Clock clock) {
        this.http = http;
        this.sendUrl = sendUrl;
        this.oauth = new OAuthEndpoint(http, tokenUrl);
        this.clientId = clientId;
        this.clientSecret = clientSecret;
        this.message = message;
        this.clock = clock;
        this.token = new AccessToken(this::authenticate, clock);
    }

    @Override
    public Uni<PushResult> send(Push push) {
        return message.json(push, clock.instant())
                .map(json -> WithToken.send(token, accessToken -> post(json, accessToken, push)))
                .orElseGet(HonorSender::tooLarge);
    }

    private static Uni<PushResult> tooLarge() {
        return Uni.createFrom().item(new Rejected("message above " + HonorMessage.MESSAGE_BYTES + " bytes", null));
    }

    private Uni<Attempt> post(byte[] json, String accessToken, Push push) {
        return http.post(sendUrl)
                .putHeader("Authorization", "Bearer " + accessToken)
                .putHeader("timestamp", Long.toString(clock.millis()))
                .putHeader("Content-Type", "application/json; charset=UTF-8")
                .sendBuffer(Buffer.buffer(json))
                .map(response -> HonorAnswer.ofPush(
                        HttpReply.of(response, clock.instant()),
                        push.device().token().reveal()));
    }

    private Uni<Grant> authenticate() {
        return oauth.request(Map.of(
                "grant_type", "client_credentials", "client_id", clientId, "client_secret", clientSecret.reveal()));
    }

    @Override
    public Uni<Optional<String>> problem() {
        return token.problem();
    }

    @Override
    public void close() {
        // The connections are shared by all providers.
    }
}
