package dev.fanfare.delivery.push.huawei;

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
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Huawei Push Kit. Settings:
 *
 * <ul>
 *   <li>{@code client-id}: the app's OAuth 2.0 client id;
 *   <li>{@code client-secret}: its secret;
 *   <li>{@code app-id}: the app that is sent to by {@code /v1/}; the client id without;
 *   <li>{@code project-id}: if it is given, it is sent by {@code /v2/} to all apps of this project;
 *   <li>{@code url}: another server than {@code https://push-api.cloud.huawei.com};
 *   <li>{@code token-url}: another token endpoint than {@code https://oauth-login.cloud.huawei.com/oauth2/v3/token}.
 * </ul>
 */
@Singleton
class HuaweiProvider implements PushProvider {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9]{1,64}");

    private final PushHttp http;

    HuaweiProvider(PushHttp http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "huawei";
    }

    @Override
    public PushSender open(Map<String, Secret> values) throws InvalidCredentialException {
        CredentialSettings settings = new CredentialSettings(values);
        String clientId = settings.required("client-id", ID, "letters and digits");
        String clientSecret = settings.required("client-secret");
        URI url = settings.url("url", "https://push-api.cloud.huawei.com");
        URI tokenUrl = settings.url("token-url", "https://oauth-login.cloud.huawei.com/oauth2/v3/token");
        URI sendUrl = URI.create(url + path(settings, clientId) + "/messages:send");

        Clock clock = Clock.systemUTC();
        OAuthEndpoint endpoint = new OAuthEndpoint(http, tokenUrl);
        Map<String, String> form =
                Map.of("grant_type", "client_credentials", "client_id", clientId, "client_secret", clientSecret);
        return new HuaweiSender(http, sendUrl, new AccessToken(() -> endpoint.request(form), clock), clock);
    }

    private static String path(CredentialSettings settings, String clientId) throws InvalidCredentialException {
        Optional<String> project = settings.optional("project-id");
        if (project.isPresent()) {
            return "/v2/" + settings.required("project-id", ID, "letters and digits");
        }
        return settings.optional("app-id").isPresent()
                ? "/v1/" + settings.required("app-id", ID, "letters and digits")
                : "/v1/" + clientId;
    }
}
