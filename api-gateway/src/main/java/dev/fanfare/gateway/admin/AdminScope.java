package dev.fanfare.gateway.admin;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What an admin token may do. None includes another one. */
public enum AdminScope {
    /** Sees apps and which push credentials they have, without secrets. */
    READ("read"),
    /** Makes, changes, locks and deletes apps, and gives them new secrets. */
    APPS("apps"),
    /** Sets, checks and deletes push credentials. */
    PUSH("push"),
    /** Reads the audit log. */
    AUDIT("audit"),
    /** Makes and revokes admin tokens. The configured token has it and no other one: none can make one that may do more. */
    TOKENS("tokens");

    private static final Set<AdminScope> GRANTABLE = EnumSet.complementOf(EnumSet.of(TOKENS));

    private final String label;

    AdminScope(String label) {
        this.label = label;
    }

    /** By its name in the API; a token cannot be given others. */
    @JsonCreator
    static AdminScope of(String label) {
        return granted(label)
                .orElseThrow(() -> new IllegalArgumentException("unknown scope, known are " + labels(GRANTABLE)));
    }

    static Optional<AdminScope> granted(String label) {
        return GRANTABLE.stream().filter(scope -> scope.label.equals(label)).findFirst();
    }

    static String labels(Set<AdminScope> scopes) {
        return Arrays.stream(values())
                .filter(scopes::contains)
                .map(AdminScope::label)
                .collect(Collectors.joining(", "));
    }

    @JsonValue
    public String label() {
        return label;
    }
}
