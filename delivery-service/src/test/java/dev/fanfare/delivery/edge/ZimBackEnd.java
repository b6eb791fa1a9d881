package dev.fanfare.delivery.edge;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Makes token04 as the generators of ZIM's vendor do. */
record ZimBackEnd(long appId, String serverSecret) {

    /** The layout that the vendor recommends. */
    String gcm(String userId, long createdAt, long expire) {
        byte[] nonce = "abcdefghij01".getBytes(StandardCharsets.US_ASCII);
        return token(
                "AES/GCM/NoPadding",
                new GCMParameterSpec(128, nonce),
                nonce,
                inner(userId, createdAt, expire),
                expire,
                new byte[] {1});
    }

    /** The layout of older generators. */
    String cbc(String userId, long createdAt, long expire) {
        byte[] iv = "abcdefghij012345".getBytes(StandardCharsets.US_ASCII);
        return token(
                "AES/CBC/PKCS5Padding",
                new IvParameterSpec(iv),
                iv,
                inner(userId, createdAt, expire),
                expire,
                new byte[0]);
    }

    private String inner(String userId, long createdAt, long expire) {
        return "{\"app_id\":%d,\"user_id\":\"%s\",\"nonce\":42,\"ctime\":%d,\"expire\":%d,\"payload\":\"\"}"
                .formatted(appId, userId, createdAt, expire);
    }

    private String token(
            String cipherName, AlgorithmParameterSpec vector, byte[] iv, String inner, long expire, byte[] mode) {
        try {
            Cipher cipher = Cipher.getInstance(cipherName);
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(serverSecret.getBytes(StandardCharsets.US_ASCII), "AES"),
                    vector);
            byte[] sealed = cipher.doFinal(inner.getBytes(StandardCharsets.UTF_8));
            byte[] bytes = ByteBuffer.allocate(12 + iv.length + sealed.length + mode.length)
                    .putLong(expire)
                    .putShort((short) iv.length)
                    .put(iv)
                    .putShort((short) sealed.length)
                    .put(sealed)
                    .put(mode)
                    .array();
            return "04" + Base64.getEncoder().encodeToString(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
