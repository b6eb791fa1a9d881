package dev.fanfare.runtime.startup;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The secrets that stand in documents and examples, and how a property with a secret is recognised. */
final class KnownSecrets {

    private static final Set<String> KNOWN = Set.of(
            "demo-app-secret",
            "00112233445566778899aabbccddeeff",
            "zmfuzmfyzs1kzw1vlwnyzwrlbnrpywwta2v5ltmyise=",
            "change-me",
            "changeme",
            "secret",
            "password",
            "postgres");

    private static final Set<String> MARKS =
            Set.of("secret", "token", "password", "credential", "internal.key", "tokens.keys");

    private static final Pattern PASSWORD = Pattern.compile("(://[^/@:]*:)[^/@]*@");

    private KnownSecrets() {}

    static boolean isKnown(String value) {
        return KNOWN.contains(value.trim().toLowerCase(Locale.ROOT));
    }

    /** An address without the password that it may have in it: {@code redis://user:***@host}. */
    static String withoutPasswords(String value) {
        return PASSWORD.matcher(value).replaceAll("$1***@").replaceAll("(?i)(password=)[^&]*", "$1***");
    }

    /** @param property as in a file ({@code fanfare.internal.key}) or in the environment ({@code FANFARE_INTERNAL_KEY}) */
    static boolean isSecretName(String property) {
        String name = property.toLowerCase(Locale.ROOT).replace('_', '.');
        return MARKS.stream().anyMatch(name::contains);
    }
}
