package dev.fanfare.fakes.webpush;

import dev.fanfare.contracts.Json;
import dev.fanfare.fakes.http.Keys;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A browser that has subscribed: its keys, and what it does with a message (RFC 8291, RFC 8188). */
final class Browser {

    private static final int POINT = 65;
    private static final int HEADER = 16 + 4 + 1 + POINT;

    private final KeyPair keys = Keys.ec();
    private final byte[] auth = new byte[16];

    Browser() {
        new SecureRandom().nextBytes(auth);
    }

    /** The {@code PushSubscription} as JSON. */
    String subscription(String endpoint) {
        Map<String, Object> subscription = new LinkedHashMap<>();
        subscription.put("endpoint", endpoint);
        subscription.put("expirationTime", null);
        subscription.put("keys", Map.of("p256dh", base64(point((ECPublicKey) keys.getPublic())), "auth", base64(auth)));
        return new String(Json.write(subscription), StandardCharsets.UTF_8);
    }

    /** @throws GeneralSecurityException it is not for this browser, or not encrypted as it should be */
    String decrypt(byte[] body) throws GeneralSecurityException {
        if (body.length < HEADER || body[20] != POINT) {
            throw new GeneralSecurityException("no header of aes128gcm with a key");
        }
        ByteBuffer buffer = ByteBuffer.wrap(body);
        byte[] salt = next(buffer, 16);
        int recordSize = buffer.getInt();
        buffer.get();
        byte[] sender = next(buffer, POINT);
        byte[] record = next(buffer, buffer.remaining());
        if (record.length > recordSize) {
            throw new GeneralSecurityException("more than one record");
        }
        byte[] own = point((ECPublicKey) keys.getPublic());
        byte[] key = derive(auth, agree(sender), join("WebPush: info\0", own, sender), 32);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(derive(salt, key, join("Content-Encoding: aes128gcm\0"), 16), "AES"),
                new GCMParameterSpec(128, derive(salt, key, join("Content-Encoding: nonce\0"), 12)));
        byte[] padded = cipher.doFinal(record);
        int end = padded.length - 1;
        while (end >= 0 && padded[end] == 0) {
            end--;
        }
        if (end < 0 || padded[end] != 2) {
            throw new GeneralSecurityException("no end of the last record");
        }
        return new String(padded, 0, end, StandardCharsets.UTF_8);
    }

    static byte[] point(ECPublicKey key) {
        return ByteBuffer.allocate(POINT)
                .put((byte) 4)
                .put(number(key.getW().getAffineX()))
                .put(number(key.getW().getAffineY()))
                .array();
    }

    /** A number of the curve as 32 bytes. */
    static byte[] number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, fixed, 32 - length, length);
        return fixed;
    }

    static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private byte[] agree(byte[] senderPoint) throws GeneralSecurityException {
        ECPoint point = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(senderPoint, 1, 33)),
                new BigInteger(1, Arrays.copyOfRange(senderPoint, 33, POINT)));
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(keys.getPrivate());
        agreement.doPhase(
                KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(point, ((ECPublicKey) keys.getPublic()).getParams())),
                true);
        return agreement.generateSecret();
    }

    private static byte[] derive(byte[] salt, byte[] key, byte[] info, int length) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(salt, "HmacSHA256"));
        mac.init(new SecretKeySpec(mac.doFinal(key), "HmacSHA256"));
        mac.update(info);
        return Arrays.copyOf(mac.doFinal(new byte[] {1}), length);
    }

    private static byte[] join(String label, byte[]... parts) {
        byte[] joined = label.getBytes(StandardCharsets.US_ASCII);
        for (byte[] part : parts) {
            int length = joined.length;
            joined = Arrays.copyOf(joined, length + part.length);
            System.arraycopy(part, 0, joined, length, part.length);
        }
        return joined;
    }

    private static byte[] next(ByteBuffer buffer, int length) {
        byte[] bytes = new byte[length];
        buffer.get(bytes);
        return bytes;
    }
}
