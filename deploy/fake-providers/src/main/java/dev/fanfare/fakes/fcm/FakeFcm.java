package dev.fanfare.fakes.fcm;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.fakes.ReceivedPush;
import dev.fanfare.fakes.http.AccessTokens;
import dev.fanfare.fakes.http.FakeAnswer;
import dev.fanfare.fakes.http.FakeHttpProvider;
import dev.fanfare.fakes.http.FakeRequest;
import dev.fanfare.fakes.http.Keys;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Firebase Cloud Messaging's HTTP v1 API for one project, and Google's token endpoint for one service account.
 *
 * <p>Errors to {@link #fail} with are FCM's error codes ({@code UNREGISTERED}, {@code QUOTA_EXCEEDED}, ...), and
 * {@code UNAUTHENTICATED}, {@code INVALID_TOKEN} (an {@code INVALID_ARGUMENT} that names {@code message.token}),
 * {@code BAD_GATEWAY} (a page, not JSON). {@code QUOTA_EXCEEDED} and {@code UNAVAILABLE} say {@code Retry-After: 30}.
 */
public final class FakeFcm extends FakeHttpProvider {

    private static final String PROJECT = "fanfare-demo";
    private static final String ACCOUNT = "pusher@fanfare-demo.iam.gserviceaccount.com";
    private static final String KEY_ID = "fake-key-1";
    private static final String SCOPE = "https://www.googleapis.com/auth/firebase.messaging";
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String TOKEN_PATH = "/token";
    private static final String SEND_PATH = "/v1/projects/" + PROJECT + "/messages:send";
    private static final int MOST_PAYLOAD = 4096;
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(60);
    private static final Duration MOST_ASSERTION = Duration.ofHours(1);

    private final KeyPair key = Keys.rsa();
    private final AccessTokens accessTokens = new AccessTokens("ya29.fake-");
    private volatile Duration accessTokenValidity = Duration.ofHours(1);

    /** @param port 0: any that is free */
    public FakeFcm(Vertx vertx, int port) {
        super("fcm", vertx, port);
    }

    @Override
    public Map<String, String> credential() {
        Map<String, String> account = new LinkedHashMap<>();
        account.put("type", "service_account");
        account.put("project_id", PROJECT);
        account.put("private_key_id", KEY_ID);
        account.put("private_key", Keys.pem(key.getPrivate()));
        account.put("client_email", ACCOUNT);
        account.put("token_uri", "https://oauth2.googleapis.com/token");
        return Map.of(
                "service-account",
                new String(Json.write(account), StandardCharsets.UTF_8),
                "url",
                url(),
                "token-url",
                url() + TOKEN_PATH);
    }

    /** The access tokens that were given out. */
    public AccessTokens accessTokens() {
        return accessTokens;
    }

    /** How long access tokens are valid that are given out from now on; an hour without. */
    public void accessTokenValidity(Duration validity) {
        accessTokenValidity = validity;
    }

    @Override
    protected boolean isSend(FakeRequest request) {
        return request.path().equals(SEND_PATH);
    }

    @Override
    protected String makeToken() {
        return UUID.randomUUID().toString().substring(0, 22) + ":APA91b" + super.makeToken();
    }

    @Override
    protected FakeAnswer failure(String error) {
        return switch (error) {
            case "UNREGISTERED" -> error(404, "NOT_FOUND", fcmError(error));
            case "INVALID_ARGUMENT" -> error(400, error, fcmError(error));
            case "INVALID_TOKEN" ->
                error(
                        400,
                        "INVALID_ARGUMENT",
                        List.of(fcmError("INVALID_ARGUMENT"), violations(List.of("message.token"))));
            case "SENDER_ID_MISMATCH" -> error(403, "PERMISSION_DENIED", fcmError(error));
            case "THIRD_PARTY_AUTH_ERROR" -> error(401, "UNAUTHENTICATED", fcmError(error));
            case "UNAUTHENTICATED" -> error(401, error);
            case "QUOTA_EXCEEDED" ->
                error(429, "RESOURCE_EXHAUSTED", fcmError(error)).with("Retry-After", "30");
            case "UNAVAILABLE" -> error(503, error, fcmError(error)).with("Retry-After", "30");
            case "INTERNAL" -> error(500, error, fcmError(error));
            case "UNSPECIFIED_ERROR" -> error(500, "UNKNOWN", fcmError(error));
            case "BAD_GATEWAY" -> new FakeAnswer(502, Map.of("Content-Type", "text/html"), "<!DOCTYPE html>");
            default -> throw new IllegalArgumentException("FCM has no error " + error);
        };
    }

    @Override
    protected FakeAnswer answer(FakeRequest request) {
        if (!request.method().equals("POST")) {
            return error(404, "NOT_FOUND");
        }
        return switch (request.path()) {
            case TOKEN_PATH -> grant(request);
            case SEND_PATH -> send(request);
            default -> error(404, "NOT_FOUND");
        };
    }

    /** Google's OAuth 2.0 for service accounts: a JWT signed with the account's key for an access token. */
    private FakeAnswer grant(FakeRequest request) {
        Map<String, String> form = request.form();
        if (!GRANT.equals(form.get("grant_type"))) {
            return refusal("unsupported_grant_type", "Invalid grant_type");
        }
        String invalid = invalidAssertion(form.getOrDefault("assertion", ""));
        if (invalid != null) {
            return refusal("invalid_grant", invalid);
        }
        Map<String, Object> granted = new LinkedHashMap<>();
        granted.put("access_token", accessTokens.give(accessTokenValidity));
        granted.put("expires_in", accessTokenValidity.toSeconds());
        granted.put("token_type", "Bearer");
        return FakeAnswer.json(200, granted);
    }

    private String invalidAssertion(String assertion) {
        try {
            DecodedJWT jwt = JWT.require(Algorithm.RSA256((RSAPublicKey) key.getPublic(), null))
                    .acceptLeeway(CLOCK_SKEW.toSeconds())
                    .withIssuer(ACCOUNT)
                    .withAudience(url() + TOKEN_PATH)
                    .withClaim("scope", SCOPE)
                    .withClaimPresence("iat")
                    .withClaimPresence("exp")
                    .build()
                    .verify(assertion);
            if (!KEY_ID.equals(jwt.getKeyId())) {
                return "Invalid JWT: unknown kid";
            }
            Instant latest = jwt.getIssuedAtAsInstant().plus(MOST_ASSERTION);
            return jwt.getExpiresAtAsInstant().isAfter(latest) ? "Invalid JWT: exp more than an hour after iat" : null;
        } catch (JWTVerificationException e) {
            return "Invalid JWT Signature or claims.";
        }
    }

    private FakeAnswer send(FakeRequest request) {
        if (!accessTokens.admits(request.header("Authorization"))) {
            return error(401, "UNAUTHENTICATED");
        }
        String type = request.header("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            return error(400, "INVALID_ARGUMENT");
        }
        JsonNode body = request.json();
        List<String> violations = new ArrayList<>(FcmShape.REQUEST.violations(body, ""));
        JsonNode message = body.path("message");
        message.path("data").fieldNames().forEachRemaining(name -> {
            if (name.equals("from")
                    || name.equals("message_type")
                    || name.startsWith("google.")
                    || name.startsWith("gcm.notification.")) {
                violations.add("message.data." + name);
            }
        });
        if (!message.hasNonNull("token")) {
            violations.add("message");
        }
        if (!violations.isEmpty()) {
            return error(400, "INVALID_ARGUMENT", violations(violations));
        }
        if (size(message.path("data")) + size(message.path("notification")) > MOST_PAYLOAD) {
            return error(400, "INVALID_ARGUMENT", fcmError("INVALID_ARGUMENT"));
        }
        String token = message.path("token").textValue();
        if (!token.contains(":APA91b")) {
            return failure("INVALID_TOKEN");
        }
        if (!isValid(token)) {
            return failure("UNREGISTERED");
        }
        take(new ReceivedPush(
                name(),
                token,
                message.path("android").path("collapse_key").asText(null),
                message.path("notification").path("title").asText(null),
                message.path("notification").path("body").asText(null),
                dataOf(message.path("data")),
                request.wire()));
        return FakeAnswer.json(200, Map.of("name", "projects/" + PROJECT + "/messages/0:" + System.nanoTime()));
    }

    private static int size(JsonNode texts) {
        int size = 0;
        for (Map.Entry<String, JsonNode> field : texts.properties()) {
            size += field.getKey().getBytes(StandardCharsets.UTF_8).length
                    + field.getValue().asText().getBytes(StandardCharsets.UTF_8).length;
        }
        return size;
    }

    private static Map<String, Object> fcmError(String code) {
        return Map.of("@type", "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode", code);
    }

    private static Map<String, Object> violations(List<String> fields) {
        return Map.of(
                "@type",
                "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations",
                fields.stream()
                        .map(field -> Map.of("field", field, "description", "Invalid value"))
                        .toList());
    }

    private static FakeAnswer error(int code, String status) {
        return error(code, status, List.of());
    }

    private static FakeAnswer error(int code, String status, Map<String, Object> detail) {
        return error(code, status, List.of(detail));
    }

    private static FakeAnswer error(int code, String status, List<Map<String, Object>> details) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", "The fake's words for " + status);
        error.put("status", status);
        error.put("details", details);
        return FakeAnswer.json(code, Map.of("error", error));
    }

    private static FakeAnswer refusal(String error, String description) {
        return FakeAnswer.json(400, Map.of("error", error, "error_description", description));
    }
}
