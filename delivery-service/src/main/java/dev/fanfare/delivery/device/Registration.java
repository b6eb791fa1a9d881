package dev.fanfare.delivery.device;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.device.Device.Environment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an app, or its back end, says of a device when it registers it: JSON with {@code provider}, {@code token} and, all
 * optional, {@code environment}, {@code appId}, {@code locale}, {@code timeZone}. A token of Web Push is the browser's
 * subscription, as an object or as a string that holds it.
 */
public record Registration(
        String provider, Secret token, Environment environment, String appId, String locale, String timeZone) {

    /** The providers that a device can have. */
    static final Set<String> PROVIDERS =
            Set.of("apns", "fcm", "huawei", "honor", "xiaomi", "oppo", "vivo", "webpush", "webhook");

    /** UTF-8. */
    static final int TOKEN_BYTES = 4096;

    private static final int TEXT_CHARS = 255;
    private static final Pattern APNS_TOKEN = Pattern.compile("([0-9a-fA-F]{2})+");
    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();
    private static final ObjectReader READER =
            Json.mapper().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What is wrong with a registration; the message is for its writer and repeats nothing of it. */
    public static final class InvalidRegistrationException extends Exception {

        private static final long serialVersionUID = 1L;

        InvalidRegistrationException(String message) {
            super(message);
        }
    }

    public static Registration read(byte[] json) throws InvalidRegistrationException {
        JsonNode given;
        try {
            given = READER.readTree(json);
        } catch (IOException e) {
            throw new InvalidRegistrationException("a JSON object is required");
        }
        if (!given.isObject()) {
            throw new InvalidRegistrationException("a JSON object is required");
        }
        String provider = text(given, "provider");
        if (provider == null || !PROVIDERS.contains(provider)) {
            throw new InvalidRegistrationException("provider must be one of "
                    + String.join(", ", PROVIDERS.stream().sorted().toList()));
        }
        return new Registration(
                provider,
                Secret.of(token(provider, given.path("token"))),
                environment(provider, text(given, "environment")),
                text(given, "appId"),
                locale(text(given, "locale")),
                timeZone(text(given, "timeZone")));
    }

    /** The device of this user from now on. */
    public Device of(DeviceRef device, Instant now) {
        return new Device(
                device.appKey(),
                device.userId(),
                device.deviceId(),
                provider,
                token,
                environment,
                appId,
                locale,
                timeZone,
                now);
    }

    private static String token(String provider, JsonNode given) throws InvalidRegistrationException {
        if ("webpush".equals(provider)) {
            return within(WebPushSubscription.read(given));
        }
        if (!given.isTextual() || given.textValue().isBlank()) {
            throw new InvalidRegistrationException("token is required, a string");
        }
        String token = within(given.textValue());
        if (!isPrintable(token)) {
            throw new InvalidRegistrationException("token must not contain spaces or control characters");
        }
        if ("apns".equals(provider) && !APNS_TOKEN.matcher(token).matches()) {
            throw new InvalidRegistrationException("token of apns must be the device token in hex");
        }
        return token;
    }

    private static String within(String token) throws InvalidRegistrationException {
        if (token.getBytes(StandardCharsets.UTF_8).length > TOKEN_BYTES) {
            throw new InvalidRegistrationException("token is longer than " + TOKEN_BYTES + " bytes of UTF-8");
        }
        return token;
    }

    private static Environment environment(String provider, String given) throws InvalidRegistrationException {
        if (given == null || "production".equalsIgnoreCase(given)) {
            return Environment.PRODUCTION;
        }
        if (!"sandbox".equalsIgnoreCase(given)) {
            throw new InvalidRegistrationException("environment must be production or sandbox");
        }
        if (!"apns".equals(provider)) {
            throw new InvalidRegistrationException("only apns has an environment sandbox");
        }
        return Environment.SANDBOX;
    }

    private static String locale(String given) throws InvalidRegistrationException {
        try {
            return given == null
                    ? null
                    : new Locale.Builder().setLanguageTag(given).build().toLanguageTag();
        } catch (IllformedLocaleException e) {
            throw new InvalidRegistrationException("locale must be a language tag of BCP 47, zh-CN for instance");
        }
    }

    private static String timeZone(String given) throws InvalidRegistrationException {
        if (given != null && !ZONES.contains(given)) {
            throw new InvalidRegistrationException(
                    "timeZone must be the name of an IANA zone, Asia/Shanghai for instance");
        }
        return given;
    }

    /** Null where it is absent or empty. */
    private static String text(JsonNode given, String field) throws InvalidRegistrationException {
        JsonNode node = given.path(field);
        if (node.isMissingNode()
                || node.isNull()
                || node.isTextual() && node.textValue().isEmpty()) {
            return null;
        }
        if (!node.isTextual() || node.textValue().length() > TEXT_CHARS || !isPrintable(node.textValue())) {
            throw new InvalidRegistrationException(
                    field + " must be a string of at most " + TEXT_CHARS + " characters, without spaces");
        }
        return node.textValue();
    }

    private static boolean isPrintable(String text) {
        return text.chars().noneMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c))
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
