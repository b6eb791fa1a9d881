package dev.fanfare.gateway.admin;

import dev.fanfare.contracts.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A token of the admin API beside the configured one, as it is kept: by the SHA-256 of its text. The text has 256 random
 * bits, so that a plain hash cannot be searched.
 *
 * @param hash in lower case hex
 * @param admin who calls with it
 * @param expiresAt null: never
 * @param revokedAt null: it was not
 */
record AdminToken(String hash, Admin admin, Instant createdAt, Instant expiresAt, Instant revokedAt) {

    /** By which tokens are found where they should not be. */
    static final String PREFIX = "fanfare_admin_";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    /** The text of a new token. It is shown once. */
    static Secret newText() {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        return Secret.of(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    AdminToken revoked(Instant now) {
        return revokedAt == null ? new AdminToken(hash, admin, createdAt, expiresAt, now) : this;
    }
}
