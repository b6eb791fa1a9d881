package dev.fanfare.fakes.vivo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.fakes.ReceivedPush;
import dev.fanfare.fakes.http.AccessTokens;
import dev.fanfare.fakes.http.FakeAnswer;
import dev.fanfare.fakes.http.FakeHttpProvider;
import dev.fanfare.fakes.http.FakeRequest;
import dev.fanfare.fakes.http.VendorSigning;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * vivo's push: {@code POST /message/auth} and {@code POST /message/send}. Checks app, signature and time, the auth token,
 * each field's kind, range and length.
 *
 * <p>Errors: a result of vivo's table ({@code 10000}, {@code 10070}, {@code 10302}, ...), {@code not-a-test-device}, or a
 * status, {@code http-429} for instance.
 */
public final class FakeVivo extends FakeHttpProvider {

    private static final long APP_ID = 10_004;
    private static final String APP_KEY = "vivo-app-key";
    private static final String APP_SECRET = "vivo-app-secret";
    private static final String AUTH = "/message/auth";
    private static final String SEND = "/message/send";

    private static final Map<String, String> ERRORS = Map.ofEntries(
            Map.entry("10000", "权限认证失败"),
            Map.entry("10040", "资源已达上限，请稍后重试"),
            Map.entry("10050", "alias和regId不能都为空"),
            Map.entry("10055", "title不能为空"),
            Map.entry("10056", "title不能超过40个字符"),
            Map.entry("10058", "content不能为空"),
            Map.entry("10059", "content不能超过100个字符"),
            Map.entry("10067", "自定义key和Value键值对总长度不能超过1024字符"),
            Map.entry("10070", "发送总量超出限制"),
            Map.entry("10071", "超出发送时间允许范围"),
            Map.entry("10072", "推送速度过快，请稍后再试"),
            Map.entry("10073", "系统消息发送总量超出限制"),
            Map.entry("10085", "消息内容不合法"),
            Map.entry("10093", "鉴权频率过高"),
            Map.entry("10094", "appId与authToken不一致"),
            Map.entry("10096", "category不合法"),
            Map.entry("10097", "category与classification不对应"),
            Map.entry("10104", "正式消息不允许发送测试内容"),
            Map.entry("10302", "regId不合法"),
            Map.entry("10303", "requestId不能为空"),
            Map.entry("10304", "requestId长度不能超过64"));

    private final AccessTokens authTokens = new AccessTokens("vivo-");

    public FakeVivo(Vertx vertx, int port) {
        super("vivo", vertx, port);
    }

    @Override
    public Map<String, String> credential() {
        return Map.of("app-id", Long.toString(APP_ID), "app-key", APP_KEY, "app-secret", APP_SECRET, "url", url());
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
        return request.path().equals(SEND);
    }

    @Override
    protected FakeAnswer failure(String error) {
        if (error.startsWith("http-")) {
            return FakeAnswer.empty(Integer.parseInt(error.substring("http-".length())))
                    .with("Retry-After", "7");
        }
        if (error.equals("not-a-test-device")) {
            return invalidUser("", 4);
        }
        if (!ERRORS.containsKey(error)) {
            throw new IllegalArgumentException("vivo has no error " + error);
        }
        return error(error);
    }

    @Override
    protected FakeAnswer answer(FakeRequest request) {
        if (!request.path().equals(AUTH) && !request.path().equals(SEND)) {
            return FakeAnswer.empty(404);
        }
        String type = request.header("Content-Type");
        if (!request.method().equals("POST") || type == null || !type.startsWith("application/json")) {
            return FakeAnswer.empty(415);
        }
        return request.path().equals(AUTH) ? authenticate(request.json()) : send(request);
    }

    private FakeAnswer authenticate(JsonNode body) {
        String timestamp = body.path("timestamp").asText();
        boolean isApp = body.path("appId").asLong() == APP_ID
                && body.path("appKey").asText().equals(APP_KEY);
        boolean isSigned = body.path("sign")
                .asText()
                .equals(VendorSigning.digest("MD5", APP_ID + APP_KEY + timestamp + APP_SECRET));
        if (!isApp || !isSigned || !VendorSigning.isNow(timestamp)) {
            return error("10000");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("result", 0);
        answer.put("desc", "请求成功");
        answer.put("authToken", authTokens.give(Duration.ofHours(24)));
        return FakeAnswer.json(200, answer);
    }

    private FakeAnswer send(FakeRequest request) {
        String authToken = request.header("authToken");
        if (authToken == null || !authTokens.admits("Bearer " + authToken)) {
            return error("10000");
        }
        JsonNode body = request.json();
        String wrong = wrong(body);
        if (wrong != null) {
            return error(wrong);
        }
        String token = body.path("regId").asText();
        if (!isValid(token)) {
            return invalidUser(token, isKnown(token) ? 2 : 1);
        }
        take(new ReceivedPush(
                name(),
                token,
                body.path("requestId").asText(),
                body.path("title").asText(),
                body.path("content").asText(),
                dataOf(body.path("clientCustomMap")),
                request.wire()));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("result", 0);
        answer.put("desc", "请求成功");
        answer.put("taskId", UUID.randomUUID().toString().replace("-", ""));
        return FakeAnswer.json(200, answer);
    }

    /** The result; null if nothing is wrong. */
    private static String wrong(JsonNode body) {
        if (!body.path("appId").isIntegralNumber() || body.path("appId").asLong() != APP_ID) {
            return "10094";
        }
        if (body.path("regId").asText().isBlank()) {
            return "10050";
        }
        if (body.path("title").asText().isBlank()) {
            return "10055";
        }
        if (body.path("title").asText().length() > 40) {
            return "10056";
        }
        if (body.path("content").asText().isBlank()) {
            return "10058";
        }
        if (body.path("content").asText().length() > 100) {
            return "10059";
        }
        if (body.path("requestId").asText().isBlank()) {
            return "10303";
        }
        if (body.path("requestId").asText().length() > 64) {
            return "10304";
        }
        int chars = 0;
        for (Map.Entry<String, JsonNode> entry : body.path("clientCustomMap").properties()) {
            chars += entry.getKey().length() + entry.getValue().asText().length();
        }
        if (chars > 1_024) {
            return "10067";
        }
        return hasRightNumbers(body) ? wrongClass(body) : "10085";
    }

    private static boolean hasRightNumbers(JsonNode body) {
        return in(body.path("notifyType"), 1, 4)
                && in(body.path("skipType"), 1, 4)
                && (!body.has("timeToLive") || in(body.path("timeToLive"), 60, 86_400))
                && (!body.has("networkType") || in(body.path("networkType"), -1, 1))
                && (!body.has("pushMode") || in(body.path("pushMode"), 0, 1))
                && (!body.has("notifyId") || in(body.path("notifyId"), 1, Integer.MAX_VALUE));
    }

    private static String wrongClass(JsonNode body) {
        String category = body.path("category").asText(null);
        if (category != null && !category.matches("[A-Z_]+")) {
            return "10096";
        }
        if (body.has("classification") && !in(body.path("classification"), 0, 1)) {
            return "10097";
        }
        boolean isPersonal = category != null && !category.equals("MARKETING") && !category.equals("NEWS");
        boolean contradicts = category != null
                && body.has("classification")
                && isPersonal != (body.path("classification").asInt() == 1);
        return contradicts ? "10097" : null;
    }

    private static boolean in(JsonNode number, long least, long most) {
        return number.isIntegralNumber() && number.asLong() >= least && number.asLong() <= most;
    }

    private static FakeAnswer invalidUser(String token, int status) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("result", 10302);
        answer.put("desc", ERRORS.get("10302"));
        answer.put("invalidUser", Map.of("userid", token, "status", status));
        return FakeAnswer.json(200, answer);
    }

    private static FakeAnswer error(String result) {
        return FakeAnswer.json(200, Map.of("result", Integer.parseInt(result), "desc", ERRORS.get(result)));
    }
}
