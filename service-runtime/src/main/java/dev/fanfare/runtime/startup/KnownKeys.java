package dev.fanfare.runtime.startup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All configuration keys of Fanfare, those of other services included: services may share an environment. The list is made
 * from the {@code @ConfigMapping} types of all modules by a test.
 */
final class KnownKeys {

    static final String RESOURCE = "META-INF/fanfare-configuration-keys.txt";

    private static final String PREFIX = "fanfare.";
    private static final String VARIABLE_PREFIX = "FANFARE_";

    /** What Kubernetes says of services to every container beside them, and the switch of our tests. */
    private static final Pattern OTHERS_VARIABLE =
            Pattern.compile("FANFARE_(INFRA|(.*_)?(SERVICE_HOST|SERVICE_PORT.*|PORT|PORT_\\d+_(TCP|UDP).*))");

    private static final Pattern CHOSEN_NAME = Pattern.compile("<[a-z]+>");
    /** What stands behind a name in the list. */
    static final String SECRET = " secret";

    /** A number or a duration. */
    static final String AMOUNT = " amount";

    private final List<Key> keys;

    private KnownKeys(List<Key> keys) {
        this.keys = keys;
    }

    private record Key(Pattern property, Pattern variable, boolean secret, boolean amount) {

        static Key of(String line) {
            String name = line.replace(SECRET, "").replace(AMOUNT, "");
            return new Key(
                    pattern(name, "(\"[^\"]+\"|[^.]+)", "(\\[\\d+])?"),
                    pattern(name.toUpperCase(Locale.ROOT).replace("-", "_").replace(".", "_"), ".+", "(_\\d+_)?"),
                    line.endsWith(SECRET),
                    line.endsWith(AMOUNT));
        }

        private static Pattern pattern(String name, String chosen, String index) {
            return Pattern.compile(
                    Stream.of(CHOSEN_NAME.split(name.toLowerCase(Locale.ROOT), -1))
                            .map(Pattern::quote)
                            .collect(Collectors.joining(chosen, "", index)),
                    Pattern.CASE_INSENSITIVE);
        }

        boolean matches(String name) {
            return property.matcher(name).matches() || variable.matcher(name).matches();
        }
    }

    static KnownKeys read() {
        List<Key> keys = new ArrayList<>();
        try (InputStream list = KnownKeys.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            new String(list.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Key::of)
                    .forEach(keys::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new KnownKeys(keys);
    }

    /** Whether a property ({@code fanfare.edge.port}) or a variable ({@code FANFARE_EDGE_PORT}) would be ours. */
    static boolean isOurs(String name) {
        return isProperty(name)
                || name.startsWith(VARIABLE_PREFIX)
                        && !OTHERS_VARIABLE.matcher(name).matches();
    }

    /** Whether it is said in dots and not as a variable. */
    static boolean isProperty(String name) {
        return name.startsWith(PREFIX);
    }

    /** The variable that says a property. */
    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    boolean knows(String name) {
        return keys.stream().anyMatch(key -> key.matches(name));
    }

    boolean isSecret(String name) {
        return keys.stream().anyMatch(key -> key.secret && key.matches(name));
    }

    /** Whether it is a number or a duration. None of Fanfare's may be negative. */
    boolean isAmount(String name) {
        return keys.stream().anyMatch(key -> key.amount && key.matches(name));
    }
}
