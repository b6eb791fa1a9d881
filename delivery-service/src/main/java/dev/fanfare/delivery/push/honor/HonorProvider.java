package dev.fanfare.delivery.push.honor;

import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.push.CredentialSettings;
import dev.fanfare.delivery.push.PushHttp;
import dev.fanfare.delivery.push.PushProvider;
import dev.fanfare.delivery.push.PushSender;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Honor's push, by its downlink API v1 ({@code developer.honor.com/cn/docs/11002/reference/downlink-message}).
 *
 * <p>Settings of a credential:
 *
 * <ul>
 *   <li>{@code app-id}: APP ID of the app, a number
 *   <li>{@code client-id} and {@code client-secret}: of the same app's push service; not its App Secret
 *   <li>{@code importance}, optional: {@code NORMAL} or {@code LOW} if a push names none; else Honor classifies by itself
 *   <li>{@code test-mode}, optional: {@code true} sends test messages, up to 1000 a day beside the device's quota
 *   <li>{@code default-title}, optional: for pushes without a title, which Honor does not take; else they have their text
 *       as title
 *   <li>{@code url}, optional: {@value #VENDOR} unless given
 *   <li>{@code auth-url}, optional: {@value #AUTHORITY} unless given
 * </ul>
 */
@Singleton
class HonorProvider implements PushProvider {

    private static final String VENDOR = "https://push-api.cloud.honor.com";
    private static final String AUTHORITY = "https://iam.developer.honor.com";

    private static final Pattern APP_ID = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Pattern IMPORTANCE = Pattern.compile("LOW|NORMAL");

    private final PushHttp http;

    HonorProvider(PushHttp http) {
        this.http = http;
    }

    @Override
    public String name() {
        return "honor";
    }

    @Override
    public PushSender open(Map<String, Secret> settings) throws InvalidCredentialException {
        return open(settings, Clock.systemUTC());
    }

    PushSender open(Map<String, Secret> given, Clock clock) throws InvalidCredentialException {
        CredentialSettings settings = new CredentialSettings(given);
        String importance = settings.optional("importance").isEmpty()
                ? null
                : settings.required("importance", IMPORTANCE, "LOW or NORMAL");
        String appId = settings.required("app-id", APP_ID, "the app's id, a number");
        return new HonorSender(
                http,
                URI.create(settings.url("url", VENDOR) + "/api/v1/" + appId + "/sendMessage"),
                URI.create(settings.url("auth-url", AUTHORITY) + "/auth/token"),
                settings.required("client-id"),
                Secret.of(settings.required("client-secret")),
                new HonorMessage(
                        importance,
                        settings.flag("test-mode"),
                        settings.optional("default-title").orElse(null)),
                clock);
    }
}
