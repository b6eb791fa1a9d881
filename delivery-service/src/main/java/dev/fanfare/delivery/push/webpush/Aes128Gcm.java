package dev.fanfare.delivery.push.webpush;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The content encoding {@code aes128gcm} (RFC 8188) with one record of at most 4096 bytes. */
final class Aes128Gcm {

    static final int SALT_BYTES = 16;

    private static final int RECORD_BYTES = 4096;
    private static final int TAG_BYTES = 16;
    private static final byte LAST_RECORD = 2;
    private static final byte[] KEY_INFO = "Content-Encoding: aes128gcm\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NONCE_INFO = "Content-Encoding: nonce\0".getBytes(StandardCharsets.US_ASCII);

    private Aes128Gcm() {}

    /**
     * @param salt never used before with this key
     * @param keyId what the receiver knows the key by
     * @throws IllegalArgumentException the content does not fit into a record
     */
    static byte[] encrypt(byte[] content, byte[] inputKey, byte[] salt, byte[] keyId) {
        if (content.length + 1 + TAG_BYTES > RECORD_BYTES) {
            throw new IllegalArgumentException("more than one record");
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(Hkdf.derive(salt, inputKey, KEY_INFO, 16), "AES"),
                    new GCMParameterSpec(8 * TAG_BYTES, Hkdf.derive(salt, inputKey, NONCE_INFO, 12)));
            byte[] padded = Arrays.copyOf(content, content.length + 1);
            padded[content.length] = LAST_RECORD;
            return framed(salt, keyId, cipher.doFinal(padded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    private static byte[] framed(byte[] salt, byte[] keyId, byte[] record) {
        return ByteBuffer.allocate(SALT_BYTES + Integer.BYTES + 1 + keyId.length + record.length)
                .put(salt)
                .putInt(RECORD_BYTES)
                .put((byte) keyId.length)
                .put(keyId)
                .put(record)
                .array();
    }
}
