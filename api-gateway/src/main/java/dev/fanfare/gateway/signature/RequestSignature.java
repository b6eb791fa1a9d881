package dev.fanfare.gateway.signature;

import dev.fanfare.contracts.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

/**
 * RongCloud's signature of a request: {@code hex(SHA1(App Secret + Nonce + Timestamp))}, lower case. It covers no path and
 * no body. Nonce and time stamp are hashed as the strings that came, whatever they look like: every official SDK sends
 * seconds where the documents say milliseconds. Pure.
 */
public record RequestSignature(String nonce, String timestamp, String signature) {

    /** A time stamp below this is in seconds: as milliseconds it would lie before 1973. */
    private static final long FIRST_MILLIS = 100_000_000_000L;

    /** Whether whoever wrote this knows the secret. A missing part makes it false. Constant time. */
    public boolean isOf(Secret secret) {
        if (nonce == null || timestamp == null || signature == null) {
            return false;
        }
        return Secret.of(sha1Hex(secret.reveal() + nonce + timestamp)).matches(signature);
    }

    /** Whether the time stamp, in seconds or milliseconds, is at most {@code window} from {@code now}. */
    public boolean isWithin(Duration window, Instant now) {
        try {
            long given = Long.parseLong(timestamp);
            Instant time = given < FIRST_MILLIS ? Instant.ofEpochSecond(given) : Instant.ofEpochMilli(given);
            return Duration.between(time, now).abs().compareTo(window) <= 0;
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return false;
        }
    }

    private static String sha1Hex(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
