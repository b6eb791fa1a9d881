package dev.fanfare.delivery.push.webpush;

import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushId;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Accepted;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import dev.fanfare.delivery.push.PushSender;
import dev.fanfare.delivery.push.RetryAfter;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.net.SocketAddress;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.codec.BodyCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Sends with one application server key to as many push services as subscriptions name.
 *
 * <p>Who answers was chosen by a client: so its answers concern this push only, also those about our key, and what it
 * writes beside the status is not read.
 */
final class WebPushSender implements PushSender {

    /** RFC 8030, section 5.4. */
    private static final int MOST_TOPIC = 32;

    private final PushHttp http;
    private final Endpoints endpoints;
    private final Vapid vapid;
    private final Clock clock;

    WebPushSender(PushHttp http, Endpoints endpoints, Vapid vapid, Clock clock) {
        this.http = http;
        this.endpoints = endpoints;
        this.vapid = vapid;
        this.clock = clock;
    }

    @Override
    public Uni<PushResult> send(Push push) {
        Optional<Subscription> subscription =
                Subscription.parse(push.device().token().reveal());
        if (subscription.isEmpty()) {
            return rejected("the token is not a subscription", true);
        }
        Optional<byte[]> message = WebPushMessage.of(push);
        if (message.isEmpty()) {
            return rejected("the data leaves no room for a text", false);
        }
        return endpoints
                .addressOf(subscription.get().endpoint())
                .flatMap(address -> address.isEmpty()
                        ? rejected("the subscription's endpoint may not be called", true)
                        : post(push, subscription.get(), message.get(), address.get())
                                .map(this::result));
    }

    @Override
    public void close() {
        // Connections are shared with others.
    }

    private Uni<PushResult> rejected(String reason, boolean tokenInvalid) {
        return Uni.createFrom().item(new Rejected(reason, tokenInvalid ? clock.instant() : null));
    }

    private Uni<HttpResponse<Void>> post(Push push, Subscription subscription, byte[] message, SocketAddress address) {
        long ttl =
                Math.max(0, Duration.between(clock.instant(), push.expiresAt()).toSeconds());
        return http.post(subscription.endpoint(), address)
                .putHeader("Authorization", vapid.authorization(subscription.origin()))
                .putHeader("TTL", Long.toString(ttl))
                .putHeader("Urgency", push.silent() ? "normal" : "high")
                .putHeader("Topic", PushId.of(push.message().messageUID(), MOST_TOPIC))
                .putHeader("Content-Type", "application/octet-stream")
                .putHeader("Content-Encoding", "aes128gcm")
                .as(BodyCodec.none())
                .sendBuffer(Buffer.buffer(MessageEncryption.encrypt(message, subscription)));
    }

    /** RFC 8030, sections 5 and 8.4, and what push services answer beyond it. */
    private PushResult result(HttpResponse<Void> response) {
        int status = response.statusCode();
        String reason = "status " + status;
        return switch (status) {
            case 200, 201, 202, 204 -> new Accepted(response.getHeader("Location"));
            case 404, 410 -> new Rejected(reason, clock.instant());
            case 401, 403, 408, 425, 429 -> unavailable(reason, response);
            default -> status >= 500 ? unavailable(reason, response) : new Rejected(reason, null);
        };
    }

    private Unavailable unavailable(String reason, HttpResponse<Void> response) {
        return new Unavailable(
                reason, RetryAfter.parse(response.getHeader("Retry-After"), clock.instant()), Scope.PUSH);
    }
}
