package dev.fanfare.gateway.admin;

import dev.fanfare.contracts.Secret;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A token to be made.
 *
 * @param apps app keys that it is for; null: all
 * @param expiresAt ISO 8601 in UTC, {@code 2026-12-31T00:00:00Z}; null: never
 */
record NewAdminToken(String name, List<AdminScope> scopes, List<String> apps, String expiresAt) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final Set<String> TAKEN = Set.of("root", "configuration");
    private static final Pattern APP_KEY = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MAX_APPS = 100;

    /** What is wrong with it, empty when nothing is. */
    Optional<String> problem(Instant now) {
        if (name == null || !NAME.matcher(name).matches() || TAKEN.contains(name)) {
            return Optional.of(
                    "name must be 1 to 64 of a-z, 0-9, '.', '_' and '-', and not " + String.join(" or ", TAKEN));
        }
        if (scopes == null || scopes.isEmpty() || scopes.contains(null)) {
            return Optional.of("scopes must name at least one of read, apps, push, audit");
        }
        if (apps != null
                && (apps.isEmpty() || apps.size() > MAX_APPS || !apps.stream().allMatch(NewAdminToken::isKey))) {
            return Optional.of("apps must name 1 to " + MAX_APPS + " app keys, or be absent for all apps");
        }
        return expiresAt == null || expiry().filter(now::isBefore).isPresent()
                ? Optional.empty()
                : Optional.of("expiresAt must be a time to come, like 2030-12-31T00:00:00Z");
    }

    AdminToken token(Secret text, Instant now) {
        return new AdminToken(
                AdminToken.hash(text.reveal()),
                new Admin(name, Set.copyOf(scopes), apps == null ? Set.of() : Set.copyOf(apps)),
                now,
                expiry().orElse(null),
                null);
    }

    private static boolean isKey(String app) {
        return app != null && APP_KEY.matcher(app).matches();
    }

    private Optional<Instant> expiry() {
        try {
            return Optional.ofNullable(expiresAt).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
