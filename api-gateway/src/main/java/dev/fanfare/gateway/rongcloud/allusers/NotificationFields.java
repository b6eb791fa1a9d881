package dev.fanfare.gateway.rongcloud.allusers;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Limits;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.gateway.rongcloud.FieldRules;
import dev.fanfare.gateway.rongcloud.JsonFields;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The {@code notification} of {@code /push.json} and {@code /push/user.json}: a text for all, and what each platform and each
 * push provider shall do otherwise. The latter becomes {@code pushExt}, whose keys are the same; a text, title or data of a
 * platform's own stands there as {@code alert}, {@code title} and {@code data} of its providers.
 */
final class NotificationFields {

    private static final String FIELD = "notification";
    private static final int TITLE_CHARS = 50;
    private static final int MAX_BADGE = 9_999;

    private static final String ALERT = "alert";
    private static final String DATA = "data";
    private static final String APNS = "APNs";
    private static final String OHOS = "OHOS";

    /** Android's providers as the calls name them, and as {@code pushExt} does. */
    private static final Map<String, String> ANDROID_PROVIDERS = androidProviders();

    private final JsonFields notification;
    private final Map<String, JsonFields> byPlatform = new LinkedHashMap<>();
    private final List<String> platforms;
    private final FieldRules rules;

    /** @param platforms that are pushed to; null: all */
    NotificationFields(JsonFields notification, List<String> platforms, FieldRules rules) {
        this.notification = notification;
        this.platforms = platforms;
        this.rules = rules;
        putIfAsked(Platforms.ANDROID, "android");
        putIfAsked(Platforms.IOS, "ios");
        putIfAsked(Platforms.HARMONY, "harmonyOS");
    }

    private static Map<String, String> androidProviders() {
        Map<String, String> providers = new LinkedHashMap<>();
        Stream.of("hw", "honor", "mi", "oppo", "vivo", "fcm")
                .forEach(name -> providers.put(name, name.toUpperCase(Locale.ROOT)));
        return providers;
    }

    private void putIfAsked(String platform, String field) {
        JsonFields own = notification.object(field);
        if (own != null && (platforms == null || platforms.contains(platform))) {
            byPlatform.put(platform, own);
        }
    }

    /**
     * @param textField which field has the text for all
     * @param needsText whether there must be a text for every platform
     */
    PushNotification read(String textField, boolean needsText) {
        String given = notification.text(textField);
        String title = notification.text("title");
        String text = onlyPlatform() ? first(ownText(ALERT), given) : first(given, ownText(ALERT));
        String data = ownData();
        Integer silent = silent();
        String ext = ext(text, data);
        rules.optionalChars(FIELD + ".title", title, TITLE_CHARS)
                .optionalBytes(FIELD + "." + textField, given, Limits.PUSH_TEXT_BYTES)
                .optionalBytes(FIELD + ".extras", data, Limits.PUSH_TEXT_BYTES)
                .optionalBytes(FIELD + " without its text", ext, Limits.PUSH_EXT_BYTES);
        byPlatform.forEach((platform, own) ->
                rules.optionalBytes(FIELD + " of " + platform + ": alert", own.text(ALERT), Limits.PUSH_TEXT_BYTES));
        if (needsText && given == null && silent == null) {
            rules.holds(
                    askedPlatforms()
                            .allMatch(platform -> byPlatform.containsKey(platform)
                                    && byPlatform.get(platform).text(ALERT) != null),
                    FIELD + "." + textField,
                    "is required, unless every platform has an alert of its own");
        }
        return new PushNotification(title, text, data, ext, silent, platforms);
    }

    private Stream<String> askedPlatforms() {
        return platforms == null ? Stream.of(Platforms.IOS, Platforms.ANDROID) : platforms.stream();
    }

    private boolean onlyPlatform() {
        return platforms != null && platforms.size() == 1;
    }

    private String ownText(String field) {
        return byPlatform.values().stream()
                .map(own -> own.text(field))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private String ownData() {
        return byPlatform.values().stream()
                .map(NotificationFields::extras)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static String extras(JsonFields platform) {
        JsonFields extras = platform.object("extras");
        return extras == null ? null : extras.json();
    }

    /** iOS alone knows it: where others are pushed to as well they shall show something. */
    private Integer silent() {
        JsonFields ios = byPlatform.get(Platforms.IOS);
        Integer silent = ios == null ? null : ios.integer("contentAvailable");
        rules.optionalRange(FIELD + ".ios.contentAvailable", silent, 0, 1);
        if (ios != null) {
            rules.optionalRange(FIELD + ".ios.badge", ios.integer("badge"), Integer.MIN_VALUE, MAX_BADGE)
                    .optionalChars(FIELD + ".ios.title", ios.text("title"), TITLE_CHARS);
        }
        return onlyPlatform() && Integer.valueOf(1).equals(silent) ? silent : null;
    }

    private String ext(String text, String data) {
        Map<String, Map<String, String>> configs = new LinkedHashMap<>();
        JsonFields ios = byPlatform.get(Platforms.IOS);
        if (ios != null) {
            putConfig(configs, APNS, ios, ios.scalars(), text, data);
        }
        JsonFields android = byPlatform.get(Platforms.ANDROID);
        if (android != null) {
            ANDROID_PROVIDERS.forEach((field, provider) -> {
                JsonFields own = android.object(field);
                putConfig(configs, provider, android, own == null ? Map.of() : own.scalars(), text, data);
            });
        }
        JsonFields harmony = byPlatform.get(Platforms.HARMONY);
        if (harmony != null) {
            JsonFields own = harmony.object("ohos");
            putConfig(configs, OHOS, harmony, own == null ? Map.of() : own.scalars(), text, data);
        }
        if (configs.isEmpty()) {
            return null;
        }
        List<Map<String, Map<String, String>>> pushConfigs = configs.entrySet().stream()
                .map(config -> Map.of(config.getKey(), config.getValue()))
                .toList();
        return new String(Json.write(Map.of("pushConfigs", pushConfigs)), StandardCharsets.UTF_8);
    }

    private static void putConfig(
            Map<String, Map<String, String>> configs,
            String provider,
            JsonFields platform,
            Map<String, String> options,
            String text,
            String data) {
        Map<String, String> config = new LinkedHashMap<>(options);
        putUnlessSame(config, ALERT, platform.text(ALERT), text);
        putUnlessSame(config, DATA, extras(platform), data);
        if (!config.isEmpty()) {
            configs.put(provider, config);
        }
    }

    private static void putUnlessSame(Map<String, String> config, String key, String own, String common) {
        config.remove(key);
        if (own != null && !own.equals(common)) {
            config.put(key, own);
        }
    }

    private static String first(String preferred, String other) {
        return preferred == null ? other : preferred;
    }
}
