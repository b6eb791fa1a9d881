package dev.fanfare.fakes.oppo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * OPPO PUSH: {@code POST /server/v1/auth} and {@code POST /server/v1/message/notification/unicast}. Checks key, signature
 * and time, the auth token, each field's kind and length; sends a device one message of each {@code app_message_id}, and
 * says {@code 32} to the next.
 *
 * <p>Errors: a code of OPPO's table ({@code -1}, {@code 11}, {@code 33}, {@code 10000}, ...), or a status, {@code
 * http-429} for instance.
 */
public final class FakeOppo extends FakeHttpProvider {

    private static final String APP_KEY = "oppo-app-key";
    private static final String MASTER_SECRET = "oppo-master-secret";
    private static final String AUTH = "/server/v1/auth";
    private static final String UNICAST = "/server/v1/message/notification/unicast";

    private static final Map<String, String> ERRORS = Map.ofEntries(
            Map.entry("-2", "Service in Flow Control"),
            Map.entry("-1", "Service Currently Unavailable"),
            Map.entry("11", "Invalid AuthToken"),
            Map.entry("12", "Http Action Not Allowed"),
            Map.entry("13", "App Call Limited"),
            Map.entry("14", "Invalid App Key"),
            Map.entry("15", "Missing App Key"),
            Map.entry("16", "Invalid Signature"),
            Map.entry("17", "Missing Signature"),
            Map.entry("18", "Missing Timestamp"),
            Map.entry("19", "Invalid Timestamp"),
            Map.entry("25", "Invalid Encoding"),
            Map.entry("26", "IP Black List"),
            Map.entry("27", "Access Denied"),
            Map.entry("28", "App Disabled"),
            Map.entry("29", "Missing Auth Token"),
            Map.entry("30", "Api Permission Denied"),
            Map.entry("31", "Data Not Exist"),
            Map.entry("32", "Data Duplicate"),
            Map.entry("33", "The number of messages exceeds the daily limit"),
            Map.entry("40", "Missing Required Arguments"),
            Map.entry("41", "Invalid Arguments"),
            Map.entry("51", "Invalid Picture"),
            Map.entry("55", "App Call Frequency Limit"),
            Map.entry("59", "UseSecondaryAction permission denied"),
            Map.entry("67", "Category error"),
            Map.entry("10000", "Invalid RegistrationId"));

    private final AccessTokens authTokens = new AccessTokens("oppo-");
    private final Map<String, String> messageIds = new HashMap<>();

    public FakeOppo(Vertx vertx, int port) {
        super("oppo", vertx, port);
    }

    @Override
    public Map<String, String> credential() {
        return Map.of("app-key", APP_KEY, "master-secret", MASTER_SECRET, "url", url());
    }

    /** All auth tokens end now, before their time. */
    public void endTokens() {
        authTokens.revoke();
    }

    /** How many auth tokens it has given. */
    public int tokensGiven() {
        return authTokens.given();
    }

    @Override
    protected boolean isSend(FakeRequest request) {
        return request.path().equals(UNICAST);
    }

    @Override
    protected String makeToken() {
        return "OPPO_CN_" + UUID.randomUUID().toString().replace("-", "");
    }

    @Override
    protected FakeAnswer failure(String error) {
        if (error.startsWith("http-")) {
            return FakeAnswer.empty(Integer.parseInt(error.substring("http-".length())))
                    .with("Retry-After", "7");
        }
        if (!ERRORS.containsKey(error)) {
            throw new IllegalArgumentException("OPPO has no error " + error);
        }
        return error(error);
    }

    @Override
    protected FakeAnswer answer(FakeRequest request) {
        if (!request.path().equals(AUTH) && !request.path().equals(UNICAST)) {
            return FakeAnswer.empty(404);
        }
        if (!request.method().equals("POST")) {
            return error("12");
        }
        return request.path().equals(AUTH) ? authenticate(request.form()) : unicast(request);
    }

    private FakeAnswer authenticate(Map<String, String> form) {
        String timestamp = form.get("timestamp");
        if (form.get("app_key") == null) {
            return error("15");
        }
        if (form.get("sign") == null) {
            return error("17");
        }
        if (timestamp == null) {
            return error("18");
        }
        if (!form.get("app_key").equals(APP_KEY)) {
            return error("14");
        }
        if (!VendorSigning.isNow(timestamp)) {
            return error("19");
        }
        if (!form.get("sign").equals(VendorSigning.digest("SHA-256", APP_KEY + timestamp + MASTER_SECRET))) {
            return error("16");
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("auth_token", authTokens.give(Duration.ofHours(24)));
        data.put("create_time", System.currentTimeMillis());
        return success(data);
    }

    private FakeAnswer unicast(FakeRequest request) {
        String authToken = request.form().get("auth_token");
        if (authToken == null) {
            return error("29");
        }
        if (!authTokens.admits("Bearer " + authToken)) {
            return error("11");
        }
        JsonNode message = json(request.form().get("message"));
        JsonNode notification = message.path("notification");
        if (!message.path("target_type").isInt()
                || message.path("target_value").asText().isBlank()
                || notification.path("title").asText().isBlank()
                || notification.path("content").asText().isBlank()) {
            return error("40");
        }
        if (!isRight(message, notification)) {
            return error("41");
        }
        String token = message.path("target_value").asText();
        if (!isValid(token)) {
            return error("10000");
        }
        return take(request, token, notification);
    }

    private synchronized FakeAnswer take(FakeRequest request, String token, JsonNode notification) {
        String appMessageId = notification.path("app_message_id").asText(null);
        String messageId = UUID.randomUUID().toString().replace("-", "");
        if (appMessageId != null && messageIds.putIfAbsent(token + " " + appMessageId, messageId) != null) {
            return error("32");
        }
        JsonNode parameters = json(notification.path("action_parameters").asText(null));
        take(new ReceivedPush(
                name(),
                token,
                appMessageId,
                notification.path("title").asText(),
                notification.path("content").asText(),
                dataOf(parameters),
                request.wire()));
        return success(Map.of("messageId", messageId));
    }

    private static boolean isRight(JsonNode message, JsonNode notification) {
        int style = notification.path("style").asInt(1);
        boolean lengths = notification.path("title").asText().length() <= 50
                && notification.path("content").asText().length() <= (style == 2 ? 128 : 50)
                && notification.path("action_parameters").asText("").length() <= 4_000;
        boolean parameters = !notification.has("action_parameters")
                || json(notification.path("action_parameters").asText()).isObject();
        int ttl = notification.path("off_line_ttl").asInt(1);
        return message.path("target_type").asInt() == 2
                && (style == 1 || style == 2)
                && lengths
                && parameters
                && ttl > 0
                && (!notification.has("off_line")
                        || notification.path("off_line").isBoolean())
                && notification.path("notify_id").asInt(0) >= 0;
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

    private static FakeAnswer success(Map<String, Object> data) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("code", 0);
        answer.put("message", "Success");
        answer.put("data", data);
        return FakeAnswer.json(200, answer);
    }

    private static FakeAnswer error(String code) {
        return FakeAnswer.json(200, Map.of("code", Integer.parseInt(code), "message", ERRORS.get(code)));
    }
}
