package dev.fanfare.fakes.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;

/** The access tokens that a fake has given, and what vendors ask of those who want one. Thread-safe. */
public final class VendorTokens {

    private static final long MOST_OFF = Duration.ofMinutes(10).toMillis();

    private final Set<String> valid = new HashSet<>();
    private int given;

    public synchronized String give() {
        String token = UUID.randomUUID().toString();
        valid.add(token);
        given++;
        return token;
    }

    public synchronized boolean isValid(String token) {
        return valid.contains(token);
    }

    /** None of them is valid any more. */
    public synchronized void end() {
        valid.clear();
    }

    /** How many were given until now. */
    public synchronized int given() {
        return given;
    }

    /** Whether this is a time in ms since 1970, at most ten minutes off. */
    public static boolean isNow(String timestamp) {
        return timestamp != null
                && timestamp.matches("[0-9]{13}")
                && Math.abs(System.currentTimeMillis() - Long.parseLong(timestamp)) <= MOST_OFF;
    }

    /** Of the text in UTF-8, in lower-case hexadecimal digits. */
    public static String digest(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException(algorithm, e);
        }
    }
}
