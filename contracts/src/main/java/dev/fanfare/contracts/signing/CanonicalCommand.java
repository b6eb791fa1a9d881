package dev.fanfare.contracts.signing;

import dev.fanfare.contracts.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a command's signature covers: seven lines, joined by {@code \n}, in UTF-8. No field may hold a line break.
 *
 * <pre>
 * fanfare-v1
 * topic
 * ce_id
 * ce_type
 * ce_time
 * app key (the record key)
 * SHA-256 of the record value, lower-case hex
 * </pre>
 */
record CanonicalCommand(String topic, String id, String type, String time, String appKey, byte[] value) {

    private static final String VERSION = "fanfare-v1";
    private static final String HMAC = "HmacSHA256";

    String text() {
        return String.join("\n", VERSION, topic, id, type, time, appKey, sha256Hex(value));
    }

    String sign(Secret secret) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.bytes(), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(text().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }

    private static String sha256Hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
