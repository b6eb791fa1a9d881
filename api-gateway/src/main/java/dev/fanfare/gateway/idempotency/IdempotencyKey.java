package dev.fanfare.gateway.idempotency;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * The name that a caller gave a call.
 *
 * @param name of the record in Redis: per app and endpoint
 * @param bodyHash tells a repetition from another call under the same name
 * @param window how long the answer is kept
 */
public record IdempotencyKey(String name, String bodyHash, Duration window) {

    /** Longest {@code Idempotency-Key}. */
    public static final int MAX_CHARS = 255;

    static final int HASH_CHARS = 64;

    private static final Duration HEADER_WINDOW = Duration.ofMinutes(10);
    private static final Duration RANDOM_WINDOW = Duration.ofMinutes(1);

    /** By the header {@code Idempotency-Key}. */
    public static IdempotencyKey ofHeader(String appKey, String endpoint, String header, byte[] body) {
        return of(appKey, endpoint, "key:" + header, body, HEADER_WINDOW);
    }

    /** By the vendor's field {@code msgRandom}. */
    public static IdempotencyKey ofMsgRandom(String appKey, String endpoint, long msgRandom, byte[] body) {
        return of(appKey, endpoint, "random:" + msgRandom, body, RANDOM_WINDOW);
    }

    private static IdempotencyKey of(String appKey, String endpoint, String given, byte[] body, Duration window) {
        return new IdempotencyKey("fanfare:once:" + appKey + ":" + endpoint + ":" + given, sha256Hex(body), window);
    }

    private static String sha256Hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
