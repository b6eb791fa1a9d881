package dev.fanfare.delivery.push.oppo;

import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.push.AccessToken;
import dev.fanfare.delivery.push.AccessToken.Grant;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushSender;
import dev.fanfare.delivery.push.http.AppData;
import dev.fanfare.delivery.push.http.Digests;
import dev.fanfare.delivery.push.http.HttpReply;
import dev.fanfare.delivery.push.http.WithToken;
import dev.fanfare.delivery.push.http.WithToken.Attempt;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.MultiMap;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/** Sends with one app of OPPO's. */
final class OppoSender implements PushSender {

    private final PushHttp http;
    private final URI sendUrl;
    private final URI tokenUrl;
    private final String appKey;
    private final Secret masterSecret;
    private final OppoMessage message;
    private final Clock clock;
    private final AccessToken token;

    OppoSender(PushHttp http, URI url, String appKey, Secret masterSecret, OppoMessage message, Clock clock) {
        this.http = http;
        this.sendUrl = URI.create(url + "/server/v1/message/notification/unicast");
        this.tokenUrl = URI.create(url + "/server/v1/auth");
        this.appKey = appKey;
        this.masterSecret = masterSecret;
        this.message = message;
        this.clock = clock;
        this.token = new AccessToken(this::authenticate, clock);
    }

    @Override
    public Uni<PushResult> send(Push push) {
        if (push.silent()) {
            return Uni.createFrom().item(new Rejected("OPPO has no silent push", null));
        }
        if (AppData.json(push).length() > OppoMessage.PARAMETERS_CHARS) {
            return Uni.createFrom()
                    .item(new Rejected("data above " + OppoMessage.PARAMETERS_CHARS + " characters", null));
        }
        return WithToken.send(token, authToken -> post(push, authToken));
    }

    private Uni<Attempt> post(Push push, String authToken) {
        MultiMap form = MultiMap.caseInsensitiveMultiMap()
                .add("auth_token", authToken)
                .add("message", message.json(push, clock.instant()));
        return http.post(sendUrl)
                .sendForm(form)
                .map(response -> OppoAnswer.ofPush(HttpReply.of(response, clock.instant())));
    }

    private Uni<Grant> authenticate() {
        String timestamp = Long.toString(clock.millis());
        MultiMap form = MultiMap.caseInsensitiveMultiMap()
                .add("app_key", appKey)
                .add("timestamp", timestamp)
                .add("sign", Digests.sha256(appKey + timestamp + masterSecret.reveal()));
        return http.post(tokenUrl)
                .sendForm(form)
                .map(response -> OppoAnswer.ofAuthentication(HttpReply.of(response, clock.instant())));
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
