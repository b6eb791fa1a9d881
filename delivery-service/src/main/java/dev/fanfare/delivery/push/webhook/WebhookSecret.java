package dev.fanfare.delivery.push.webhook;

import dev.fanfare.delivery.push.PushProvider.InvalidCredentialException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret of the Standard Webhooks scheme, version 1: HMAC-SHA256. Says nothing of itself in {@link #toString()}. */
final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private WebhookSecret(SecretKeySpec key) {
        this.key = key;
    }

    static WebhookSecret read(String setting, String text) throws InvalidCredentialException {
        try {
            byte[] bytes = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "");
            if (bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES) {
                return new WebhookSecret(new SecretKeySpec(bytes, ALGORITHM));
            }
        } catch (IllegalArgumentException notBase64) {
            // Said below.
        }
        throw new InvalidCredentialException(
                setting + " must be whsec_ and the base64 of " + LEAST_BYTES + " to " + MOST_BYTES + " bytes");
    }

    /** {@code v1,} and the base64 of the signature. */
    String sign(String id, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
