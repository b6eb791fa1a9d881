package dev.fanfare.delivery.push.webpush;

import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.push.CredentialSettings;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushProvider;
import dev.fanfare.delivery.push.PushSender;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;

/**
 * Web Push; a device's token is its {@code PushSubscription} as JSON. Settings:
 *
 * <ul>
 *   <li>{@code public-key}: the application server key that the app subscribes with: an uncompressed point of P-256, 65
 *       bytes as base64url;
 *   <li>{@code private-key}: its private key, 32 bytes as base64url;
 *   <li>{@code subject}: whom a push service turns to, {@code mailto:} or {@code https:};
 *   <li>{@code allow-loopback}: {@code true} for subscriptions at a fake on this machine; {@code false} without.
 * </ul>
 */
@Singleton
class WebPushProvider implements PushProvider {

    private final PushHttp http;
    private final Vertx vertx;

    WebPushProvider(PushHttp http, Vertx vertx) {
        this.http = http;
        this.vertx = vertx;
    }

    @Override
    public String name() {
        return "webpush";
    }

    @Override
    public PushSender open(Map<String, Secret> values) throws InvalidCredentialException {
        CredentialSettings settings = new CredentialSettings(values);
        Clock clock = Clock.systemUTC();
        Vapid vapid = Vapid.of(settings, clock);
        return new WebPushSender(http, new Endpoints(vertx, settings.flag("allow-loopback")), vapid, clock);
    }
}
