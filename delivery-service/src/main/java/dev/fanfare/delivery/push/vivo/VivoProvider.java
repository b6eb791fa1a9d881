package dev.fanfare.delivery.push.vivo;

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
 * vivo's push (vivo, iQOO), by its server API ({@code dev.vivo.com.cn/documentCenter/doc/362}). It shows notifications
 * only: a silent push is rejected.
 *
 * <p>Settings of a credential:
 *
 * <ul>
 *   <li>{@code app-id}: appId of the app, a number
 *   <li>{@code app-key}: its appKey
 *   <li>{@code app-secret}: its appSecret
 *   <li>{@code category}, optional: the message class if a push names none, {@code IM} for instance; without one vivo
 *       counts pushes as marketing, a few a day for each user
 *   <li>{@code test-mode}, optional: {@code true} sends to the app's test devices, all that vivo lets an app do that is
 *       not published
 *   <li>{@code default-title}, optional: for pushes without a title, which vivo does not take; else they have their text
 *       as title
 *   <li>{@code url}, optional: {@value #VENDOR} unless given
 * </ul>
 */
@Singleton
class VivoProvider implements PushProvider {

    private static final String VENDOR = "https://api-push.vivo.com.cn";

    private static final Pattern APP_ID = Pattern.compile("[1-9][0-9]{0,17}");

    private final PushHttp http;

    VivoProvider(PushHttp http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "vivo";
    }

    @Override
    public PushSender open(Map<String, Secret> settings) throws InvalidCredentialException {
        return open(settings, Clock.systemUTC());
    }

    PushSender open(Map<String, Secret> given, Clock clock) throws InvalidCredentialException {
        CredentialSettings settings = new CredentialSettings(given);
        long appId = Long.parseLong(settings.required("app-id", APP_ID, "the app's id, a number"));
        return new VivoSender(
                http,
                settings.url("url", VENDOR),
                appId,
                settings.required("app-key"),
                Secret.of(settings.required("app-secret")),
                new VivoMessage(
                        appId,
                        settings.flag("test-mode"),
                        settings.optional("category").orElse(null),
                        settings.optional("default-title").orElse(null)),
                clock);
    }
}
