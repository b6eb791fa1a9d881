package dev.fanfare.delivery.push.xiaomi;

import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushSender;
import dev.fanfare.delivery.push.http.HttpReply;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.MultiMap;
import java.net.URI;
import java.time.Clock;

/** Sends with one app of Xiaomi's. */
final class XiaomiSender implements PushSender {

    private final PushHttp http;
    private final URI sendUrl;
    private final Secret appSecret;
    private final XiaomiRequest request;
    private final Clock clock;

    XiaomiSender(PushHttp http, URI url, Secret appSecret, XiaomiRequest request, Clock clock) {
        this.http = http;
        this.sendUrl = URI.create(url + "/v3/message/regid");
        this.appSecret = appSecret;
        this.request = request;
        this.clock = clock;
    }

    @Override
    public Uni<PushResult> send(Push push) {
        if (XiaomiRequest.payload(push).length() > XiaomiRequest.PAYLOAD_CHARS) {
            return Uni.createFrom()
                    .item(new Rejected("data above " + XiaomiRequest.PAYLOAD_CHARS + " characters", null));
        }
        MultiMap form = MultiMap.caseInsensitiveMultiMap();
        request.form(push, clock.instant()).forEach(form::add);
        return http.post(sendUrl)
                .putHeader("Authorization", "key=" + appSecret.reveal())
                .sendForm(form)
                .map(response -> XiaomiAnswer.read(
                        HttpReply.of(response, clock.instant()),
                        push.device().token().reveal()));
    }

    @Override
    public void close() {
        // The connections are shared by all providers.
    }
}
