package dev.fanfare.gateway.admin;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who calls the admin API.
 *
 * @param name of the token
 * @param apps that it is for; empty: all
 */
public record Admin(String name, Set<AdminScope> scopes, Set<String> apps) {

    /** Who has the configured token. */
    static final Admin ROOT = new Admin("root", EnumSet.allOf(AdminScope.class), Set.of());

    public Admin {
        scopes = Set.copyOf(scopes);
        apps = Set.copyOf(apps);
    }

    public boolean isFor(String app) {
        return apps.isEmpty() || apps.contains(app);
    }

    /**
     * Why a call is not allowed, and what to change; empty when it is.
     *
     * @param app that it is about; null: none in particular
     */
    Optional<String> refusal(AdminCall call, String app) {
        if (!scopes.contains(call.value())) {
            return Optional.of(
                    call.value() == AdminScope.TOKENS
                            ? "only fanfare.admin.token makes, lists and revokes tokens; this is the token '" + name
                                    + "'"
                            : "the token '" + name + "' has the scopes " + AdminScope.labels(scopes)
                                    + ", and this call needs " + call.value().label() + advice());
        }
        if (app == null && !apps.isEmpty() && !call.filtersApps()) {
            return Optional.of("the token '" + name + "' is for the apps " + names()
                    + ", and this call is not about one of them" + advice());
        }
        return app == null || isFor(app)
                ? Optional.empty()
                : Optional.of("the token '" + name + "' is for the apps " + names() + " only" + advice());
    }

    private String names() {
        return String.join(", ", new TreeSet<>(apps));
    }

    private static String advice() {
        return ": ask for a token that allows it (POST /admin/v1/tokens with fanfare.admin.token)";
    }
}
