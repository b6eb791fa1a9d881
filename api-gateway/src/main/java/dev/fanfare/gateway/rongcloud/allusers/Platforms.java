package dev.fanfare.gateway.rongcloud.allusers;

import dev.fanfare.gateway.rongcloud.FieldRules;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Platforms as the vendor's calls name them, in any case, and as {@code PushNotification} does. */
final class Platforms {

    static final String IOS = "iOS";
    static final String ANDROID = "Android";
    static final String HARMONY = "HarmonyOS";

    private static final Map<String, String> NAMES =
            new TreeMap<>(Map.of("ios", IOS, "android", ANDROID, "harmonyos", HARMONY));

    private Platforms() {}

    /**
     * @param given null: none was named
     * @return each once; null if none was named
     */
    static List<String> read(FieldRules rules, String field, List<String> given) {
        if (given == null || given.isEmpty()) {
            return null;
        }
        List<String> known = given.stream()
                .map(name -> name == null ? null : NAMES.get(name.strip().toLowerCase(Locale.ROOT)))
                .distinct()
                .toList();
        rules.holds(known.stream().allMatch(Objects::nonNull), field, "must be one or more of " + NAMES.keySet());
        return known;
    }
}
