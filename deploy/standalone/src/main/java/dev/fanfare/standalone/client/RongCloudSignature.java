package dev.fanfare.standalone.client;

import dev.fanfare.contracts.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** RongCloud's request signature: lower-case hex of SHA-1 over secret, nonce and timestamp, in this order. */
final class RongCloudSignature {

    private RongCloudSignature() {}

    static String of(Secret secret, String nonce, String timestamp) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(secret.bytes());
            sha1.update((nonce + timestamp).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha1.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
