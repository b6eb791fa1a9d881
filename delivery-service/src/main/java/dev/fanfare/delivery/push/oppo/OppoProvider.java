package dev.fanfare.delivery.push.oppo;

import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.push.CredentialSettings;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushProvider;
import dev.fanfare.delivery.push.PushSender;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;

/**
 * OPPO PUSH (OPPO, OnePlus, realme), by its server API v1 ({@code open.oppomobile.com}). It shows notifications only: a
 * silent push is rejected.
 *
 * <p>Settings of a credential:
 *
 * <ul>
 *   <li>{@code app-key}: AppKey of the app
 *   <li>{@code master-secret}: its MasterSecret, the server's
 *   <li>{@code channel-id}, optional: the notification channel if a push names none
 *   <li>{@code default-title}, optional: for pushes without a title, which OPPO does not take; else they have their text
 *       as title
 *   <li>{@code url}, optional: {@value #VENDOR} unless given; {@code https://api-intl.push.oppomobile.com} for devices
 *       sold outside China
 * </ul>
 */
@Singleton
class OppoProvider implements PushProvider {

    private static final String VENDOR = "https://api.push.oppomobile.com";

    private final PushHttp http;

    OppoProvider(PushHttp http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "oppo";
    }

    @Override
    public PushSender open(Map<String, Secret> settings) throws InvalidCredentialException {
        return open(settings, Clock.systemUTC());
    }

    PushSender open(Map<String, Secret> given, Clock clock) throws InvalidCredentialException {
        CredentialSettings settings = new CredentialSettings(given);
        return new OppoSender(
                http,
                settings.url("url", VENDOR),
                settings.required("app-key"),
                Secret.of(settings.required("master-secret")),
                new OppoMessage(
                        settings.optional("channel-id").orElse(null),
                        settings.optional("default-title").orElse(null)),
                clock);
    }
}
