package dev.fanfare.gateway.admin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A row of {@code gateway.admin_token}. Scopes and apps are text ({@code READ,APPS}): nobody queries them. */
@Entity
@Table(schema = "gateway", name = "admin_token")
class AdminTokenEntity {

    private static final String SEPARATOR = ",";

    @Id
    private String name;

    private String hash;

    private String scopes;

    private String apps;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "revoked_at")
    private Instant revokedAt;

    AdminTokenEntity() {}

    AdminTokenEntity(AdminToken token) {
        name = token.admin().name();
        hash = token.hash();
        scopes = token.admin().scopes().stream().map(AdminScope::name).sorted().collect(Collectors.joining(SEPARATOR));
        apps = String.join(SEPARATOR, new TreeSet<>(token.admin().apps()));
        createdAt = token.createdAt();
        expiresAt = token.expiresAt();
        revokedAt = token.revokedAt();
    }

    AdminToken revoke(Instant now) {
        revokedAt = toToken().revoked(now).revokedAt();
        return toToken();
    }

    AdminToken toToken() {
        return new AdminToken(
                hash,
                new Admin(
                        name, parts(scopes).stream().map(AdminScope::valueOf).collect(Collectors.toSet()), parts(apps)),
                createdAt,
                expiresAt,
                revokedAt);
    }

    private static Set<String> parts(String column) {
        return Arrays.stream(column.split(SEPARATOR))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.toSet());
    }
}
