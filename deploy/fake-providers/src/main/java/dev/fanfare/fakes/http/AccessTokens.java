package dev.fanfare.fakes.http;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The access tokens that a fake's token endpoint gave out. Thread-safe. */
public final class AccessTokens {

    private final String prefix;
    private final Map<String, Instant> expiryOfToken = new HashMap<>();
    private int given;
    private int refused;

    /** @param prefix what tokens of the vendor begin with */
    public AccessTokens(String prefix) {
        this.prefix = prefix;
    }

    /** A new one. */
    public synchronized String give(Duration validFor) {
        String token = prefix + UUID.randomUUID();
        expiryOfToken.put(token, Instant.now().plus(validFor));
        given++;
        return token;
    }

    /** Whether the value of a header {@code Authorization} has one that is valid. */
    public synchronized boolean admits(String authorization) {
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            return false;
        }
        Instant expiry = expiryOfToken.get(authorization.substring("Bearer ".length()));
        boolean admitted = expiry != null && Instant.now().isBefore(expiry);
        if (!admitted) {
            refused++;
        }
        return admitted;
    }

    /** No token that was given out is valid any more. */
    public synchronized void revoke() {
        expiryOfToken.clear();
    }

    /** How many requests came with one that was not valid any more, or never was. */
    public synchronized int refused() {
        return refused;
    }

    /** How many were given out. */
    public synchronized int given() {
        return given;
    }
}
