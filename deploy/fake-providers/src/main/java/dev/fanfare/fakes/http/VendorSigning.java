package dev.fanfare.fakes.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/** What vendors ask of those who want an access token by a signature. */
public final class VendorSigning {

    private static final long MOST_OFF = Duration.ofMinutes(10).toMillis();

    private VendorSigning() {}

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
