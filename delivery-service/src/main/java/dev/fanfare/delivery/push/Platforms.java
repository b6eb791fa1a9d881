package dev.fanfare.delivery.push;

import dev.fanfare.contracts.delivery.PushNotification;
import java.util.List;
import java.util.Map;

/**
 * Which devices a push is meant for, as far as their provider tells what they are. A pure function.
 *
 * <p>Tokens of Huawei may be of Android or of HarmonyOS, so either reaches them. A webhook is the app's own server and of
 * no platform: it gets what is meant for all, and nothing else.
 */
public final class Platforms {

    private static final String IOS = "iOS";
    private static final String ANDROID = "Android";
    private static final String HARMONY_OS = "HarmonyOS";
    private static final String WEB = "Web";

    private static final Map<String, List<String>> OF_PROVIDERS = Map.of(
            "apns", List.of(IOS),
            "fcm", List.of(ANDROID),
            "huawei", List.of(ANDROID, HARMONY_OS),
            "honor", List.of(ANDROID),
            "xiaomi", List.of(ANDROID),
            "oppo", List.of(ANDROID),
            "vivo", List.of(ANDROID),
            "webpush", List.of(WEB));

    private Platforms() {}

    /** @param provider of the device */
    public static boolean isMeant(PushNotification push, String provider) {
        return push.platforms() == null
                || OF_PROVIDERS.getOrDefault(provider, List.of()).stream().anyMatch(push.platforms()::contains);
    }
}
