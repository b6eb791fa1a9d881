package dev.fanfare.delivery.push.xiaomi;

import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.push.CredentialSettings;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushProvider;
import dev.fanfare.delivery.push.PushSender;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Xiaomi's MiPush, by its HTTP API v3 ({@code dev.mi.com}, "Server API").
 *
 * <p>Settings of a credential:
 *
 * <ul>
 *   <li>{@code app-secret}: AppSecret of the app
 *   <li>{@code package-name}: the app's package; a device's {@code appId} goes before it
 *   <li>{@code channel-id}, optional: the notification category if a push names none; Xiaomi requires one for apps that
 *       have their messages classified
 *   <li>{@code default-title}, optional: for pushes without a title, which Xiaomi does not take; else they have their
 *       text as title
 *   <li>{@code url}, optional: {@value #VENDOR} unless given; outside China another one ({@code
 *       https://sgp-api.xmpush.global.xiaomi.com} for instance)
 * </ul>
 */
@Singleton
class XiaomiProvider implements PushProvider {

    private static final String VENDOR = "https://api.xmpush.xiaomi.com";

    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9_]+([.][A-Za-z0-9_]+)+");

    private final PushHttp http;

    XiaomiProvider(PushHttp http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "xiaomi";
    }

    @Override
    public PushSender open(Map<String, Secret> given) throws InvalidCredentialException {
        CredentialSettings settings = new CredentialSettings(given);
        return new XiaomiSender(
                http,
                settings.url("url", VENDOR),
                Secret.of(settings.required("app-secret")),
                new XiaomiRequest(
                        settings.required("package-name", PACKAGE, "a package name"),
                        settings.optional("channel-id").orElse(null),
                        settings.optional("default-title").orElse(null)),
                Clock.systemUTC());
    }
}
