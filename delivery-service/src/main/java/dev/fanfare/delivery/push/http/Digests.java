package dev.fanfare.delivery.push.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests as the vendors write them: of the text in UTF-8, in lower-case hexadecimal digits. */
public final class Digests {

    private Digests() {}

    public static String sha256(String text) {
        return hex("SHA-256", text);
    }

    /** For a vendor who signs with it; for nothing else. */
    public static String md5(String text) {
        return hex("MD5", text);
    }

    private static String hex(String algorithm, String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
