package dev.fanfare.delivery.push.vivo;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.push.AccessToken;
import dev.fanfare.delivery.push.AccessToken.Grant;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushSender;
import dev.fanfare.delivery.push.http.Digests;
import dev.fanfare.delivery.push.http.HttpReply;
import dev.fanfare.delivery.push.http.WithToken;
import dev.fanfare.delivery.push.http.WithToken.Attempt;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** Sends with one app of vivo's. */
final class VivoSender implements PushSender {

    private static final String JSON = "application/json";

    private final PushHttp http;
    private final URI sendUrl;
    private final URI tokenUrl;
    private final long appId;
    private final String appKey;
    private final Secret appSecret;
    private final VivoMessage message;
    private final Clock clock;
    private final AccessToken token;

    VivoSender(PushHttp http, URI url, long appId, String appKey, Secret appSecret, VivoMessage message, Clock clock) {
        this.http = http;
        this.sendUrl = URI.create(url + "/message/send");
        this.tokenUrl = URI.create(url + "/message/auth");
        this.appId = appId;
        this.appKey = appKey;
        this.appSecret = appSecret;
        this.message = message;
        this.clock = clock;
        this.token = new AccessToken(this::authenticate, clock);
    }

    @Override
    public Uni<PushResult> send(Push push) {
        if (push.silent()) {
            return Uni.createFrom().item(new Rejected("vivo has no silent push", null));
        }
        if (VivoMessage.dataChars(push) > VivoMessage.CUSTOM_CHARS) {
            return Uni.createFrom().item(new Rejected("data above " + VivoMessage.CUSTOM_CHARS + " characters", null));
        }
        return WithToken.send(token, authToken -> post(push, authToken));
    }

    private Uni<Attempt> post(Push push, String authToken) {
        return http.post(sendUrl)
                .putHeader("authToken", authToken)
                .putHeader("Content-Type", JSON)
                .sendBuffer(Buffer.buffer(message.json(push, clock.instant())))
                .map(response -> VivoAnswer.ofPush(HttpReply.of(response, clock.instant())));
    }

    private Uni<Grant> authenticate() {
        long timestamp = clock.millis();
        byte[] request = Json.write(Json.mapper()
                .createObjectNode()
                .put("appId", appId)
                .put("appKey", appKey)
                .put("timestamp", timestamp)
                .put("sign", sign(appId, appKey, timestamp, appSecret)));
        return http.post(tokenUrl)
                .putHeader("Content-Type", JSON)
                .sendBuffer(Buffer.buffer(request))
                .map(response -> VivoAnswer.ofAuthentication(HttpReply.of(response, clock.instant())));
    }

    static String sign(long appId, String appKey, long timestamp, Secret appSecret) {
        return Digests.md5(appId + appKey + timestamp + appSecret.reveal());
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
