package dev.fanfare.delivery.push.webhook;

import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.push.CredentialSettings;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushProvider;
import dev.fanfare.delivery.push.PushSender;
import dev.fanfare.delivery.push.http.Reachable;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A webhook: each push is posted as JSON to a receiver of the app's back end, signed after the Standard Webhooks scheme
 * ({@code standardwebhooks.com}). The device's token is whatever the receiver wants to know it by.
 *
 * <p>Settings of a credential:
 *
 * <ul>
 *   <li>{@code url}: the receiver, https. A receiver in a private network, or one that is named so as to lead there, is
 *       refused: whoever may enter a credential shall not reach what only this server reaches
 *   <li>{@code secret}: {@code whsec_} and the base64 of 24 to 64 bytes
 *   <li>{@code previous-secret}, optional: while secrets are changed; each push then has a signature of both
 *   <li>{@code allow-loopback}, optional: {@code true} allows receivers on this machine, and http to them
 *   <li>{@code allow-private}, optional: {@code true} allows receivers at private addresses. Link-local ones (among them
 *       the clouds' metadata services) never are
 * </ul>
 *
 * <p>The receiver answers 2xx when it has the push, with {@code {"id": "..."}} if it likes; 410 when it does not know the
 * token any more; 408, 425, 429 or 5xx when it shall get it again, with {@code Retry-After} if it likes; any other status
 * of 4xx when it will never take it. The same push may come twice, with the same {@code webhook-id}.
 */
@Singleton
class WebhookProvider implements PushProvider {

    private final PushHttp http;

    WebhookProvider(PushHttp http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public PushSender open(Map<String, Secret> values) throws InvalidCredentialException {
        return open(values, Clock.systemUTC());
    }

    PushSender open(Map<String, Secret> values, Clock clock) throws InvalidCredentialException {
        CredentialSettings settings = new CredentialSettings(values);
        settings.required("url");
        URI url = settings.url("url", "");
        if (url.getRawUserInfo() != null) {
            throw new InvalidCredentialException("url must not name a user");
        }
        Reachable reachable = new Reachable(settings.flag("allow-loopback"), settings.flag("allow-private"));
        boolean isHttp = url.getScheme().equalsIgnoreCase("http");
        if (isHttp && !(reachable.loopback() && Reachable.isNameOfLoopback(url.getHost()))) {
            throw new InvalidCredentialException(
                    "url must be https, or http to this machine where allow-loopback is true");
        }
        if (Reachable.literal(url.getHost())
                .filter(address -> !reachable.allows(address))
                .isPresent()) {
            throw new InvalidCredentialException("url must be at a public address, or one that is allowed");
        }
        List<WebhookSecret> secrets = new ArrayList<>();
        secrets.add(WebhookSecret.read("secret", settings.required("secret")));
        if (settings.optional("previous-secret").isPresent()) {
            secrets.add(WebhookSecret.read("previous-secret", settings.required("previous-secret")));
        }
        return new WebhookSender(http, url, reachable, secrets, clock);
    }
}
