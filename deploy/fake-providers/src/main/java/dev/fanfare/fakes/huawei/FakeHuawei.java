package dev.fanfare.fakes.huawei;

import static dev.fanfare.fakes.http.JsonShape.FLAG;
import static dev.fanfare.fakes.http.JsonShape.INTEGER;
import static dev.fanfare.fakes.http.JsonShape.TEXT;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Json.MalformedJsonException;
import dev.fanfare.fakes.ReceivedPush;
import dev.fanfare.fakes.http.AccessTokens;
import dev.fanfare.fakes.http.FakeAnswer;
import dev.fanfare.fakes.http.FakeHttpProvider;
import dev.fanfare.fakes.http.FakeRequest;
import dev.fanfare.fakes.http.JsonShape;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Huawei Push Kit for one app ({@code /v1/}) and its project ({@code /v2/}), and the token endpoint of its account server.
 *
 * <p>Errors to {@link #fail} with are Push Kit's result codes ({@code 80300007}, ...) and the statuses {@code 401}, {@code
 * 404}, {@code 500}, {@code 502} and {@code 503}; {@code 503} says {@code Retry-After: 30}.
 */
public final class FakeHuawei extends FakeHttpProvider {

    /** The project that the app is of. */
    public static final String PROJECT_ID = "736430079244623";

    private static final String APP_ID = "101234567";
    private static final String TOKEN_PATH = "/oauth2/v3/token";
    private static final Set<String> SEND_PATHS =
            Set.of("/v1/" + APP_ID + "/messages:send", "/v2/" + PROJECT_ID + "/messages:send");
    private static final int MOST_BYTES = 4096;
    private static final int MOST_TTL_SECONDS = 1_296_000;

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("80000000", "Success"),
            Map.entry("80100001", "Some request parameters are incorrect"),
            Map.entry("80100003", "Illegal payload"),
            Map.entry("80100004", "The message expiration time is earlier than the current time"),
            Map.entry("80100013", "Invalid collapse_key"),
            Map.entry("80100016", "The message contains sensitive information"),
            Map.entry("80100017", "Too many topic tasks"),
            Map.entry("80100018", "The signature of the message body is wrong"),
            Map.entry("80200001", "OAuth authentication error"),
            Map.entry("80200003", "OAuth token expired"),
            Map.entry("80200005", "JSON web token expired"),
            Map.entry("80300002", "The app has no permission to send push messages"),
            Map.entry("80300007", "All tokens are invalid"),
            Map.entry("80300008", "The message body is too large"),
            Map.entry("80300010", "Too many tokens"),
            Map.entry("80300011", "No permission to send high-priority messages"),
            Map.entry("80300013", "The receipt address is wrong"),
            Map.entry("80600003", "The OAuth service cannot be reached"),
            Map.entry("81000001", "Internal system error"));

    private static final JsonShape NOTIFICATION = JsonShape.of(Map.ofEntries(
            Map.entry("title", TEXT),
            Map.entry("body", TEXT),
            Map.entry("icon", TEXT),
            Map.entry("color", TEXT),
            Map.entry("sound", TEXT),
            Map.entry("default_sound", FLAG),
            Map.entry("tag", TEXT),
            Map.entry(
                    "click_action", JsonShape.of(Map.of("type", INTEGER, "intent", TEXT, "url", TEXT, "action", TEXT))),
            Map.entry("channel_id", TEXT),
            Map.entry("notify_summary", TEXT),
            Map.entry("image", https()),
            Map.entry("style", INTEGER),
            Map.entry("notify_id", INTEGER),
            Map.entry("group", TEXT),
            Map.entry("importance", oneOf("LOW", "NORMAL")),
            Map.entry("foreground_show", FLAG)));

    private static final JsonShape ANDROID = JsonShape.of(Map.of(
            "collapse_key",
            INTEGER,
            "urgency",
            oneOf("HIGH", "NORMAL"),
            "category",
            TEXT,
            "ttl",
            FakeHuawei::isTtl,
            "bi_tag",
            TEXT,
            "receipt_id",
            TEXT,
            "data",
            TEXT,
            "target_user_type",
            INTEGER,
            "notification",
            NOTIFICATION));

    private static final JsonShape REQUEST = JsonShape.of(Map.of(
            "validate_only",
            FLAG,
            "message",
            JsonShape.of(Map.of("data", TEXT, "android", ANDROID, "token", JsonNode::isArray))));

    private final String clientSecret = UUID.randomUUID().toString().replace("-", "");
    private final AccessTokens accessTokens = new AccessTokens("DAEAA-fake/");

    /** @param port 0: any that is free */
    public FakeHuawei(Vertx vertx, int port) {
        super("huawei", vertx, port);
    }

    @Override
    public Map<String, String> credential() {
        return Map.of(
                "app-id",
                APP_ID,
                "client-id",
                APP_ID,
                "client-secret",
                clientSecret,
                "url",
                url(),
                "token-url",
                url() + TOKEN_PATH);
    }

    /** The access tokens that were given out. */
    public AccessTokens accessTokens() {
        return accessTokens;
    }

    @Override
    protected boolean isSend(FakeRequest request) {
        return SEND_PATHS.contains(request.path());
    }

    @Override
    protected FakeAnswer failure(String error) {
        return switch (error) {
            case "401", "404", "500", "502" -> FakeAnswer.empty(Integer.parseInt(error));
            case "503" -> FakeAnswer.empty(503).with("Retry-After", "30");
            case "80100000" -> partly("a token of nobody");
            default -> code(error);
        };
    }

    @Override
    protected FakeAnswer answer(FakeRequest request) {
        if (!request.method().equals("POST")) {
            return FakeAnswer.empty(405);
        }
        if (request.path().equals(TOKEN_PATH)) {
            return grant(request.form());
        }
        return SEND_PATHS.contains(request.path()) ? send(request) : FakeAnswer.empty(404);
    }

    private FakeAnswer grant(Map<String, String> form) {
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return refusal(1102, "grant_type is wrong");
        }
        if (!APP_ID.equals(form.get("client_id")) || !clientSecret.equals(form.get("client_secret"))) {
            return refusal(1101, "invalid client");
        }
        Map<String, Object> granted = new LinkedHashMap<>();
        granted.put("access_token", accessTokens.give(Duration.ofHours(1)));
        granted.put("expires_in", 3600);
        granted.put("token_type", "Bearer");
        return FakeAnswer.json(200, granted);
    }

    private FakeAnswer send(FakeRequest request) {
        if (!accessTokens.admits(request.header("Authorization"))) {
            return code("80200003");
        }
        JsonNode body = request.json();
        JsonNode message = body.path("message");
        JsonNode tokens = message.path("token");
        if (!REQUEST.test(body) || !isNotificationRight(message)) {
            return code("80100003");
        }
        if (tokens.size() != 1) {
            return code("80300010");
        }
        String token = tokens.get(0).asText();
        int withoutToken = request.body().length() - Json.write(tokens.get(0)).length;
        if (withoutToken > MOST_BYTES) {
            return code("80300008");
        }
        if (!isValid(token)) {
            return code("80300007");
        }
        JsonNode notification = message.path("android").path("notification");
        take(new ReceivedPush(
                name(),
                token,
                notification.path("tag").asText(null),
                notification.path("title").asText(null),
                notification.path("body").asText(null),
                dataOf(data(message)),
                request.wire()));
        return code("80000000");
    }

    /** A notification has title, text and what a tap does, and data that are JSON; without notification there are data. */
    private static boolean isNotificationRight(JsonNode message) {
        JsonNode notification = message.path("android").path("notification");
        if (notification.isMissingNode()) {
            return !message.path("data").asText("").isEmpty();
        }
        int click = notification.path("click_action").path("type").asInt();
        return !notification.path("title").asText("").isBlank()
                && !notification.path("body").asText("").isBlank()
                && click >= 1
                && click <= 3
                && (!message.has("data") || data(message).isObject());
    }

    private static JsonNode data(JsonNode message) {
        try {
            return Json.read(message.path("data").asText().getBytes(StandardCharsets.UTF_8), JsonNode.class);
        } catch (MalformedJsonException notJson) {
            return message.path("data");
        }
    }

    private static boolean isTtl(JsonNode node) {
        if (!node.asText().matches("\\d{1,7}[sS]?")) {
            return false;
        }
        int seconds = Integer.parseInt(node.asText().replaceAll("[sS]", ""));
        return seconds > 0 && seconds <= MOST_TTL_SECONDS;
    }

    private static Predicate<JsonNode> https() {
        return node -> node.asText().startsWith("https://");
    }

    private static Predicate<JsonNode> oneOf(String... values) {
        return node -> Set.of(values).contains(node.asText());
    }

    private static FakeAnswer partly(String token) {
        String words = new String(
                Json.write(Map.of("success", 0, "failure", 1, "illegal_tokens", List.of(token))),
                StandardCharsets.UTF_8);
        return answer("80100000", words);
    }

    private static FakeAnswer code(String code) {
        String words = WORDS.get(code);
        if (words == null) {
            throw new IllegalArgumentException("Push Kit has no result code " + code);
        }
        return answer(code, words);
    }

    private static FakeAnswer answer(String code, String words) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("code", code);
        body.put("msg", words);
        body.put("requestId", Long.toString(System.nanoTime()));
        return FakeAnswer.json(200, body);
    }

    private static FakeAnswer refusal(int error, String description) {
        return FakeAnswer.json(400, Map.of("error", error, "error_description", description));
    }
}
