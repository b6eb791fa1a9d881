package dev.fanfare.benchmark.product;

import dev.fanfare.contracts.Json;
import dev.fanfare.standalone.client.AppCredentials;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Whole HTTP requests to the gateway, signed once for all their repetitions, as RongCloud's own SDKs do. The content has
 * room for the time of each call and its number, which {@code calls.c} puts in.
 */
final class PreparedCall {

    /** No character that a form or a JSON string would have to escape. */
    private static final String MARKS = "~t0000000000000000000~~s0000000000~";

    /** The same for a message to a group, whose numbers are counted apart. */
    private static final String GROUP_MARKS = MARKS.replace("~s", "~g");

    private static final String NONCE = "benchmark";
    private static final String TIMESTAMP = "1700000000000";

    private PreparedCall() {}

    /** A content with both marks and so many bytes, if they have room. */
    static String content(int bytes) {
        return MARKS + "x".repeat(Math.max(0, bytes - MARKS.length()));
    }

    /** The same for a message to a group. */
    static String groupContent(int bytes) {
        return GROUP_MARKS + "x".repeat(Math.max(0, bytes - GROUP_MARKS.length()));
    }

    static byte[] form(AppCredentials credentials, String path, String body) {
        return request(
                credentials, path, "application/x-www-form-urlencoded", body.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] json(AppCredentials credentials, String path, Object body) {
        return request(credentials, path, "application/json", Json.write(body));
    }

    private static byte[] request(AppCredentials credentials, String path, String type, byte[] body) {
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nApp-Key: " + credentials.appKey()
                + "\r\nNonce: " + NONCE + "\r\nTimestamp: " + TIMESTAMP + "\r\nSignature: " + signature(credentials)
                + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private static String signature(AppCredentials credentials) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(credentials.appSecret().bytes());
            sha1.update((NONCE + TIMESTAMP).getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(sha1.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
