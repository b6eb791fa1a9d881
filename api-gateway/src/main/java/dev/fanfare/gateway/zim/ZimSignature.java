package dev.fanfare.gateway.zim;

import dev.fanfare.contracts.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * ZIM's signature of a request: {@code md5(AppId + SignatureNonce + ServerSecret + Timestamp)} in lower-case hex, the parts
 * as they came ({@code wire/zego.md}, 1.3). It covers neither the action nor a body. Pure.
 */
record ZimSignature(String appId, String nonce, String timestamp, String signature) {

    /** Whether whoever wrote this knows the secret. Constant time. */
    boolean isOf(Secret serverSecret) {
        return Secret.of(md5Hex(appId + nonce + serverSecret.reveal() + timestamp))
                .matches(signature);
    }

    private static String md5Hex(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }
}
