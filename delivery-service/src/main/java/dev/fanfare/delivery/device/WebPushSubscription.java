package dev.fanfare.delivery.device;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.delivery.device.Registration.InvalidRegistrationException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;

/**
 * A browser's push subscription ({@code PushSubscription.toJSON()} of the Push API): {@code
 * {"endpoint":"https://...","keys":{"p256dh":"...","auth":"..."}}}. The keys are those of RFC 8291: an uncompressed point
 * of P-256 (65 bytes) and 16 bytes, in base64url.
 */
final class WebPushSubscription {

    private static final int POINT_BYTES = 65;
    private static final int UNCOMPRESSED = 4;
    private static final int AUTH_BYTES = 16;

    private WebPushSubscription() {}

    /** @return the same subscription always as the same text, whatever the browser writes beside it */
    static String read(JsonNode given) throws InvalidRegistrationException {
        JsonNode subscription = given.isTextual() ? parse(given.textValue()) : given;
        JsonNode endpoint = subscription.path("endpoint");
        JsonNode keys = subscription.path("keys");
        if (!endpoint.isTextual() || !isHttps(endpoint.textValue())) {
            throw new InvalidRegistrationException("token of webpush must have an endpoint, an absolute https URL");
        }
        byte[] point = decode(keys.path("p256dh"));
        if (point.length != POINT_BYTES || point[0] != UNCOMPRESSED) {
            throw new InvalidRegistrationException(
                    "token of webpush must have keys.p256dh, an uncompressed point of P-256 in base64url");
        }
        if (decode(keys.path("auth")).length != AUTH_BYTES) {
            throw new InvalidRegistrationException("token of webpush must have keys.auth, 16 bytes in base64url");
        }
        ObjectNode normal = Json.mapper().createObjectNode().put("endpoint", endpoint.textValue());
        normal.putObject("keys")
                .put("p256dh", keys.path("p256dh").textValue())
                .put("auth", keys.path("auth").textValue());
        return normal.toString();
    }

    private static JsonNode parse(String text) throws InvalidRegistrationException {
        try {
            return Json.mapper()
                    .reader()
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .readTree(text);
        } catch (IOException e) {
            throw new InvalidRegistrationException("token of webpush must be the browser's subscription in JSON");
        }
    }

    private static boolean isHttps(String url) {
        try {
            URI uri = new URI(url);
            return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static byte[] decode(JsonNode text) {
        try {
            return text.isTextual() ? Base64.getUrlDecoder().decode(text.textValue()) : new byte[0];
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
