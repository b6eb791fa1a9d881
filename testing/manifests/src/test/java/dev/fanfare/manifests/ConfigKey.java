package dev.fanfare.manifests;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A key of a service's configuration.
 *
 * @param name with {@code *} for what stands in a map
 * @param required whether the service does not start without
 * @param byDefault its value if it is not given
 */
record ConfigKey(String name, boolean required, Optional<String> byDefault) {

    /** Whether a variable of the environment sets this key, by the rule of MicroProfile Config. */
    boolean isSetBy(String variable) {
        String pattern = variable(name.replace("*", "STAR")).replace("STAR", "[A-Z0-9_]+");
        return Pattern.matches(pattern, variable);
    }

    /** {@code fanfare.group-status.url} as {@code FANFARE_GROUP_STATUS_URL}. */
    static String variable(String name) {
        return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
