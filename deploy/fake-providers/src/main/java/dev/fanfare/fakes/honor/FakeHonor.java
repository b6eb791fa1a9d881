package dev.fanfare.fakes.honor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.fakes.ReceivedPush;
import dev.fanfare.fakes.http.AccessTokens;
import dev.fanfare.fakes.http.FakeAnswer;
import dev.fanfare.fakes.http.FakeHttpProvider;
import dev.fanfare.fakes.http.FakeRequest;
import dev.fanfare.fakes.http.VendorSigning;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Honor's push: {@code POST /auth/token} and {@code POST /api/v1/{appId}/sendMessage}, both at the same address. Checks
 * client and secret, the access token, the time, the message's size, what a notification must have.
 *
 * <p>Errors: a code of Honor's table ({@code 80300007}, {@code 81000001}, ...),
 * or a status, {@code http-429} for instance. A token that was invalidated is in {@code expireTokens} of a success.
 */
public final class FakeHonor extends FakeHttpProvider {

    private static final String APP_ID = "104410000";
    private static final String CLIENT_ID = "honor-client-id";
    private static final String CLIENT_SECRET = "honor-client-secret";
    private static final String AUTH = "/auth/token";
    private static final String SEND = "/api/v1/" + APP_ID + "/sendMessage";
    private static final int MESSAGE_BYTES = 4_096;

    private static final Map<String, String> ERRORS = Map.ofEntries(
            Map.entry("80100000", "part of the tokens failed"),
            Map.entry("80100001", "a parameter is wrong"),
            Map.entry("80100003", "the structure of the message is wrong"),
            Map.entry("80100004", "the expiry is wrong"),
            Map.entry("80100016", "the message has sensitive words"),
            Map.entry("80200001", "OAuth authentication failed"),
            Map.entry("80200003", "the OAuth token is expired"),
            Map.entry("80300002", "the app may not send"),
            Map.entry("80300007", "all tokens are invalid"),
            Map.entry("80300008", "the message is too large"),
            Map.entry("80300010", "the number of tokens is wrong"),
            Map.entry("80600003", "the OAuth service failed"),
            Map.entry("81000001", "internal error"));

    private final AccessTokens accessTokens = new AccessTokens("honor-");

    public FakeHonor(Vertx vertx, int port) {
        super("honor", vertx, port);
    }

    @Override
    public Map<String, String> credential() {
        return Map.of(
                "app-id",
                APP_ID,
                "client-id",
                CLIENT_ID,
                "client-secret",
                CLIENT_SECRET,
                "url",
                url(),
                "auth-url",
                url());
    }

    /** All access tokens end now, before their time. */
    public void endTokens() {
        accessTokens.revoke();
    }

    /** How many access tokens it has given. */
    public int tokensGiven() {
        return accessTokens.given();
    }

    @Override
    protected boolean isSend(FakeRequest request) {
        return request.path().endsWith("/sendMessage");
    }

    @Override
    protected FakeAnswer failure(String error) {
        if (error.startsWith("http-")) {
            return FakeAnswer.empty(Integer.parseInt(error.substring("http-".length())))
                    .with("Retry-After", "7");
        }
        if (!ERRORS.containsKey(error)) {
            throw new IllegalArgumentException("Honor has no error " + error);
        }
        return error(error);
    }

    @Override
    protected FakeAnswer answer(FakeRequest request) {
        if (!request.method().equals("POST")) {
            return FakeAnswer.empty(405);
        }
        return switch (request.path()) {
            case AUTH -> authenticate(request.form());
            case SEND -> send(request);
            default -> FakeAnswer.empty(404);
        };
    }

    private FakeAnswer authenticate(Map<String, String> form) {
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return FakeAnswer.json(400, Map.of("error", "unsupported_grant_type"));
        }
        if (!CLIENT_ID.equals(form.get("client_id")) || !CLIENT_SECRET.equals(form.get("client_secret"))) {
            return FakeAnswer.json(401, Map.of("error", "invalid_client"));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("access_token", accessTokens.give(Duration.ofHours(1)));
        answer.put("expires_in", 3_600);
        answer.put("token_type", "Bearer");
        return FakeAnswer.json(200, answer);
    }

    private FakeAnswer send(FakeRequest request) {
        String authorization = request.header("Authorization");
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            return error("80200001");
        }
        if (!accessTokens.admits(authorization)) {
            return error("80200003");
        }
        if (!VendorSigning.isNow(request.header("timestamp"))) {
            return error("80100001");
        }
        JsonNode message = request.json();
        JsonNode tokens = message.path("token");
        if (!tokens.isArray() || tokens.size() != 1) {
            return error("80300010");
        }
        if (size(message) > MESSAGE_BYTES) {
            return error("80300008");
        }
        if (!isRight(message)) {
            return error("80100003");
        }
        return take(request, message, tokens.get(0).asText());
    }

    private FakeAnswer take(FakeRequest request, JsonNode message, String token) {
        if (!isKnown(token)) {
            return error("80300007");
        }
        if (!isValid(token)) {
            return success(Map.of("sendResult", false, "expireTokens", List.of(token)));
        }
        JsonNode android = message.path("android");
        JsonNode notification = message.path("notification");
        JsonNode shown = android.path("notification");
        take(new ReceivedPush(
                name(),
                token,
                shown.path("tag").asText(android.path("biTag").asText(null)),
                shown.path("title").asText(notification.path("title").asText(null)),
                shown.path("body").asText(notification.path("body").asText(null)),
                dataOf(json(message.path("data").asText(null))),
                request.wire()));
        return success(Map.of("sendResult", true));
    }

    private static boolean isRight(JsonNode message) {
        JsonNode android = message.path("android");
        boolean ttl = !android.has("ttl")
                || android.path("ttl").asText().matches("[1-9][0-9]{0,6}s")
                        && Integer.parseInt(android.path("ttl").asText().replace("s", "")) <= 1_296_000;
        boolean userType = !android.has("targetUserType")
                || android.path("targetUserType").isInt()
                        && android.path("targetUserType").asInt() <= 1;
        boolean isNotification = message.has("notification") || android.has("notification");
        return ttl
                && userType
                && (isNotification
                        ? isRightNotification(message, android.path("notification"))
                        : message.hasNonNull("data"))
                && (!isNotification
                        || !message.has("data")
                        || json(message.path("data").asText()).isObject());
    }

    private static boolean isRightNotification(JsonNode message, JsonNode shown) {
        JsonNode notification = message.path("notification");
        boolean texts = !shown.path("title")
                        .asText(notification.path("title").asText(""))
                        .isBlank()
                && !shown.path("body")
                        .asText(notification.path("body").asText(""))
                        .isBlank();
        boolean bigTexts = shown.path("style").asInt() != 1
                || shown.path("bigTitle").asText().equals(shown.path("title").asText())
                        && shown.path("bigBody")
                                .asText()
                                .equals(shown.path("body").asText());
        int click = shown.path("clickAction").path("type").asInt();
        return texts
                && bigTexts
                && click >= 1
                && click <= 3
                && shown.path("importance").asText("NORMAL").matches("LOW|NORMAL")
                && shown.path("image").asText("https://").startsWith("https://");
    }

    private static int size(JsonNode message) {
        ObjectNode withoutToken = message.deepCopy();
        withoutToken.remove("token");
        return Json.write(withoutToken).length;
    }

    private static JsonNode json(String text) {
        try {
            return text == null
                    ? MissingNode.getInstance()
                    : Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
        } catch (MalformedJsonException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static FakeAnswer success(Map<String, Object> result) {
        Map<String, Object> data = new LinkedHashMap<>(result);
        data.put("requestId", UUID.randomUUID().toString());
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("code", 200);
        answer.put("message", "success");
        answer.put("data", data);
        return FakeAnswer.json(200, answer);
    }

    private static FakeAnswer error(String code) {
        return FakeAnswer.json(200, Map.of("code", Integer.parseInt(code), "message", ERRORS.get(code)));
    }
}
