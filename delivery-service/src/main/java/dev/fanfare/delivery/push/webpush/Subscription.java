package dev.fanfare.delivery.push.webpush;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a browser's push service takes messages for it, and for whom they are encrypted: the Push API's {@code
 * PushSubscription}, as its {@code toJSON()} writes it.
 */
record Subscription(URI endpoint, ECPublicKey key, byte[] auth) {

    private static final int AUTH_BYTES = 16;
    private static final int MOST_ENDPOINT = 2048;

    /** Empty if it is no subscription: it was made by a client and may be anything. */
    static Optional<Subscription> parse(String json) {
        try {
            Fields fields = Json.read(json.getBytes(StandardCharsets.UTF_8), Fields.class);
            if (fields.endpoint() == null
                    || fields.endpoint().length() > MOST_ENDPOINT
                    || fields.keys() == null
                    || fields.keys().p256dh() == null
                    || fields.keys().auth() == null) {
                return Optional.empty();
            }
            URI endpoint = URI.create(fields.endpoint());
            byte[] auth = decode(fields.keys().auth());
            if (endpoint.getHost() == null
                    || endpoint.getRawUserInfo() != null
                    || endpoint.getRawFragment() != null
                    || auth.length != AUTH_BYTES) {
                return Optional.empty();
            }
            return Optional.of(new Subscription(
                    endpoint, P256.publicKey(decode(fields.keys().p256dh())), auth));
        } catch (MalformedJsonException | InvalidKeySpecException | IllegalArgumentException notASubscription) {
            return Optional.empty();
        }
    }

    /** Scheme, host and port, as a token for this service names its audience. */
    String origin() {
        String port = endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort();
        return endpoint.getScheme() + "://" + endpoint.getHost() + port;
    }

    /** Browsers write it without padding; some libraries with, or in the other alphabet. */
    private static byte[] decode(String base64) {
        return Base64.getUrlDecoder().decode(base64.replace('+', '-').replace('/', '_'));
    }

    private record Fields(String endpoint, Keys keys) {}

    private record Keys(String p256dh, String auth) {}
}
