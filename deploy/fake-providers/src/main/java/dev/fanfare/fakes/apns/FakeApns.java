package dev.fanfare.fakes.apns;

import com.auth0.jwt.JWT;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.fakes.ReceivedPush;
import dev.fanfare.fakes.http.FakeAnswer;
import dev.fanfare.fakes.http.FakeHttpProvider;
import dev.fanfare.fakes.http.FakeRequest;
import dev.fanfare.fakes.http.Keys;
import dev.fanfare.fakes.http.SelfSigned;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Apple Push Notification service: HTTP/2 over TLS, provider tokens of one team, devices of one app.
 *
 * <p>Errors to {@link #fail} with are the reasons of Apple's table ("Handling notification responses from APNs"). Topics
 * of the team are {@link #TOPIC} and all that begin with it and a dot; tokens are of {@link #TOPIC} only.
 */
public final class FakeApns extends FakeHttpProvider {

    /** The bundle id of the one app. */
    public static final String TOPIC = "dev.fanfare.demo";

    private static final String KEY_ID = "FAKEKEY001";
    private static final String TEAM_ID = "FAKETEAM01";
    private static final Duration TOKEN_AGE = Duration.ofHours(1);
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);
    private static final int MOST_PAYLOAD = 4096;
    private static final int MOST_COLLAPSE_ID = 64;
    private static final int JOSE_SIGNATURE = 64;
    private static final String PATH = "/3/device/";

    private static final Map<String, Integer> STATUS_BY_REASON = Map.ofEntries(
            Map.entry("BadCollapseId", 400),
            Map.entry("BadDeviceToken", 400),
            Map.entry("BadExpirationDate", 400),
            Map.entry("BadMessageId", 400),
            Map.entry("BadPriority", 400),
            Map.entry("BadTopic", 400),
            Map.entry("DeviceTokenNotForTopic", 400),
            Map.entry("DuplicateHeaders", 400),
            Map.entry("IdleTimeout", 400),
            Map.entry("InvalidPushType", 400),
            Map.entry("MissingDeviceToken", 400),
            Map.entry("MissingTopic", 400),
            Map.entry("PayloadEmpty", 400),
            Map.entry("TopicDisallowed", 400),
            Map.entry("BadCertificate", 403),
            Map.entry("BadCertificateEnvironment", 403),
            Map.entry("ExpiredProviderToken", 403),
            Map.entry("Forbidden", 403),
            Map.entry("InvalidProviderToken", 403),
            Map.entry("MissingProviderToken", 403),
            Map.entry("UnrelatedKeyIdInToken", 403),
            Map.entry("BadEnvironmentKeyIdInToken", 403),
            Map.entry("BadPath", 404),
            Map.entry("MethodNotAllowed", 405),
            Map.entry("ExpiredToken", 410),
            Map.entry("Unregistered", 410),
            Map.entry("PayloadTooLarge", 413),
            Map.entry("TooManyProviderTokenUpdates", 429),
            Map.entry("TooManyRequests", 429),
            Map.entry("InternalServerError", 500),
            Map.entry("ServiceUnavailable", 503),
            Map.entry("Shutdown", 503));

    private static final Set<String> PUSH_TYPES = Set.of(
            "alert",
            "background",
            "location",
            "voip",
            "complication",
            "fileprovider",
            "mdm",
            "liveactivity",
            "pushtotalk",
            "widgets",
            "controls");

    private final KeyPair key = Keys.ec();
    private final SelfSigned certificate;

    /** @param port 0: any that is free */
    public FakeApns(Vertx vertx, int port) {
        this(vertx, port, SelfSigned.ofThisJvm());
    }

    private FakeApns(Vertx vertx, int port, SelfSigned certificate) {
        super(
                "apns",
                vertx,
                port,
                new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(new PfxOptions()
                                .setValue(Buffer.buffer(certificate.keyStore()))
                                .setPassword(certificate.password())));
        this.certificate = certificate;
    }

    @Override
    public Map<String, String> credential() {
        return Map.of(
                "key",
                Keys.pem(key.getPrivate()),
                "key-id",
                KEY_ID,
                "team-id",
                TEAM_ID,
                "topic",
                TOPIC,
                "url",
                url(),
                "ca",
                certificate.certificate());
    }

    @Override
    protected boolean isSend(FakeRequest request) {
        return request.path().startsWith(PATH);
    }

    @Override
    protected FakeAnswer failure(String error) {
        return error(error, Instant.now());
    }

    @Override
    protected FakeAnswer answer(FakeRequest request) {
        String token = request.path().startsWith(PATH) ? request.path().substring(PATH.length()) : "";
        String error = error(request, token);
        if (error != null) {
            return error(error, invalidSince(token).orElseGet(Instant::now));
        }
        JsonNode payload = request.json();
        JsonNode alert = payload.path("aps").path("alert");
        take(new ReceivedPush(
                name(),
                token,
                request.header("apns-collapse-id"),
                alert.path("title").asText(null),
                alert.isTextual() ? alert.textValue() : alert.path("body").asText(null),
                dataOf(payload),
                request.wire()));
        String id = request.header("apns-id");
        return FakeAnswer.empty(200)
                .with("apns-id", id == null ? UUID.randomUUID().toString().toUpperCase() : id);
    }

    /** What is wrong with a request, in Apple's word; null if nothing is. */
    private String error(FakeRequest request, String token) {
        if (!request.method().equals("POST")) {
            return "MethodNotAllowed";
        }
        if (!request.path().startsWith(PATH)) {
            return "BadPath";
        }
        String authentication = authenticationError(request.header("authorization"));
        if (authentication != null) {
            return authentication;
        }
        String header = headerError(request);
        if (header != null) {
            return header;
        }
        String device = deviceError(request.header("apns-topic"), token);
        return device == null ? payloadError(request) : device;
    }

    private String authenticationError(String authorization) {
        if (authorization == null || !authorization.startsWith("bearer ")) {
            return "MissingProviderToken";
        }
        try {
            DecodedJWT token = JWT.decode(authorization.substring("bearer ".length()));
            if (!"ES256".equals(token.getAlgorithm()) || !isSigned(token)) {
                return "InvalidProviderToken";
            }
            Instant issued = token.getIssuedAtAsInstant();
            if (!KEY_ID.equals(token.getKeyId())
                    || !TEAM_ID.equals(token.getIssuer())
                    || issued == null
                    || issued.isAfter(Instant.now().plus(CLOCK_SKEW))) {
                return "InvalidProviderToken";
            }
            return issued.plus(TOKEN_AGE).isBefore(Instant.now()) ? "ExpiredProviderToken" : null;
        } catch (JWTDecodeException | GeneralSecurityException notOurs) {
            return "InvalidProviderToken";
        }
    }

    /** Apple takes a signature as JOSE has it and also, what Pushy sends, as ASN.1. */
    private boolean isSigned(DecodedJWT token) throws GeneralSecurityException {
        byte[] signature = Base64.getUrlDecoder().decode(token.getSignature());
        Signature algorithm = Signature.getInstance(
                signature.length == JOSE_SIGNATURE ? "SHA256withECDSAinP1363Format" : "SHA256withECDSA");
        algorithm.initVerify(key.getPublic());
        algorithm.update((token.getHeader() + "." + token.getPayload()).getBytes(StandardCharsets.US_ASCII));
        return algorithm.verify(signature);
    }

    private static String headerError(FakeRequest request) {
        for (String name : request.headers().names()) {
            if (name.startsWith("apns-") && request.headers().getAll(name).size() > 1) {
                return "DuplicateHeaders";
            }
        }
        String id = request.header("apns-id");
        if (id != null && !id.matches("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}")) {
            return "BadMessageId";
        }
        String expiration = request.header("apns-expiration");
        if (expiration != null && !expiration.matches("\\d{1,18}")) {
            return "BadExpirationDate";
        }
        String priority = request.header("apns-priority");
        if (priority != null && !Set.of("1", "5", "10").contains(priority)) {
            return "BadPriority";
        }
        String collapseId = request.header("apns-collapse-id");
        if (collapseId != null && collapseId.getBytes(StandardCharsets.UTF_8).length > MOST_COLLAPSE_ID) {
            return "BadCollapseId";
        }
        String type = request.header("apns-push-type");
        if (type == null || !PUSH_TYPES.contains(type)) {
            return "InvalidPushType";
        }
        // "Always use priority 5. Using priority 10 is an error."
        if (type.equals("background") && !"5".equals(priority)) {
            return "BadPriority";
        }
        return request.header("apns-topic") == null ? "MissingTopic" : null;
    }

    private String deviceError(String topic, String token) {
        if (token.isEmpty()) {
            return "MissingDeviceToken";
        }
        if (!topic.equals(TOPIC) && !topic.startsWith(TOPIC + ".")) {
            return "TopicDisallowed";
        }
        if (!isKnown(token)) {
            return "BadDeviceToken";
        }
        if (!topic.equals(TOPIC)) {
            return "DeviceTokenNotForTopic";
        }
        return invalidSince(token).isPresent() ? "Unregistered" : null;
    }

    /** Apple drops a payload without a right {@code aps} in silence: the fake calls it empty, so that it is seen. */
    private static String payloadError(FakeRequest request) {
        if (request.body().length() > MOST_PAYLOAD) {
            return "PayloadTooLarge";
        }
        JsonNode aps = request.json().path("aps");
        boolean silent = aps.path("content-available").asInt() == 1;
        boolean shows = aps.has("alert") || aps.has("sound") || aps.has("badge");
        boolean right = request.header("apns-push-type").equals("background") ? silent && !shows : shows;
        return aps.isObject() && right ? null : "PayloadEmpty";
    }

    private static FakeAnswer error(String reason, Instant invalidSince) {
        Integer status = STATUS_BY_REASON.get(reason);
        if (status == null) {
            throw new IllegalArgumentException("APNs has no error " + reason);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("reason", reason);
        if (status == 410) {
            body.put("timestamp", invalidSince.toEpochMilli());
        }
        return FakeAnswer.json(status, body).with("apns-id", UUID.randomUUID().toString());
    }
}
