package dev.fanfare.delivery.push.fcm;

import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.push.AccessToken;
import dev.fanfare.delivery.push.CredentialSettings;
import dev.fanfare.delivery.push.OAuthEndpoint;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushProvider;
import dev.fanfare.delivery.push.PushSender;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.Map;

/**
 * Firebase Cloud Messaging, HTTP v1. Settings:
 *
 * <ul>
 *   <li>{@code service-account}: the JSON file of a service account with the role "Firebase Cloud Messaging API Admin";
 *   <li>{@code url}: another server than {@code https://fcm.googleapis.com}: a proxy or a fake;
 *   <li>{@code token-url}: another token endpoint than the service account's {@code token_uri}.
 * </ul>
 *
 * <p>The access token is asked for when it is first needed, then shortly before it expires, and once more when FCM
 * refuses it.
 */
@Singleton
class FcmProvider implements PushProvider {

    private final PushHttp http;

    FcmProvider(PushHttp http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "fcm";
    }

    @Override
    public PushSender open(Map<String, Secret> values) throws InvalidCredentialException {
        CredentialSettings settings = new CredentialSettings(values);
        ServiceAccount account = ServiceAccount.parse(settings.required("service-account"));
        URI url = settings.url("url", "https://fcm.googleapis.com");
        URI tokenUrl = settings.url("token-url", account.tokenUri());

        Clock clock = Clock.systemUTC();
        Assertions assertions = new Assertions(account, tokenUrl.toString(), clock);
        OAuthEndpoint endpoint = new OAuthEndpoint(http, tokenUrl);
        AccessToken token = new AccessToken(() -> endpoint.request(assertions.form()), clock);
        URI sendUrl = URI.create(url + "/v1/projects/" + account.projectId() + "/messages:send");
        return new FcmSender(http, sendUrl, token, clock);
    }
}
