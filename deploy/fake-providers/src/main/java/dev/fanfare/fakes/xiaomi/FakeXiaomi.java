package dev.fanfare.fakes.xiaomi;

import dev.fanfare.fakes.ReceivedPush;
import dev.fanfare.fakes.http.FakeAnswer;
import dev.fanfare.fakes.http.FakeHttpProvider;
import dev.fanfare.fakes.http.FakeRequest;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Xiaomi's MiPush: {@code POST /v3/message/regid}. Checks the key, the package, what a notification and what a
 * pass-through message must have, and each length.
 *
 * <p>Errors: a code of Xiaomi's table ({@code 10001}, {@code 20301}, {@code 21301}, ...), or a status,
 * {@code http-429} for instance. A token that was invalidated is in {@code bad_regids} of an answer that says "ok"; one
 * that was never given is 20301.
 */
public final class FakeXiaomi extends FakeHttpProvider {

    public static final String PACKAGE = "dev.fanfare.example";

    private static final String SECRET = "xiaomi-app-secret";
    private static final int MOST_EXTRAS = 10;

    private static final Map<String, String> ERRORS = Map.ofEntries(
            Map.entry("-1", "未知错误"),
            Map.entry("100", "参数不能为空"),
            Map.entry("10001", "系统错误"),
            Map.entry("10002", "服务暂停"),
            Map.entry("10003", "远程服务错误"),
            Map.entry("10005", "该资源需要appkey拥有授权"),
            Map.entry("10008", "参数错误，请参考API文档"),
            Map.entry("10009", "系统繁忙"),
            Map.entry("10014", "应用的接口访问权限受限"),
            Map.entry("10016", "缺失必选参数"),
            Map.entry("10017", "参数值非法"),
            Map.entry("10018", "请求长度超过限制"),
            Map.entry("10022", "IP请求频次超过上限"),
            Map.entry("10026", "应用被加入黑名单，不能调用API"),
            Map.entry("10027", "应用的API调用太频繁"),
            Map.entry("10028", "应用API调用总数太频繁"),
            Map.entry("10029", "不合法的设备"),
            Map.entry("20301", "发送消息失败"),
            Map.entry("21301", "认证失败"),
            Map.entry("22000", "非法应用"),
            Map.entry("22007", "应用程序Key不合法"),
            Map.entry("22022", "应用程序package name不合法"),
            Map.entry("22100", "应用通知数据格式不合法"),
            Map.entry("200001", "消息数超过当日上限"),
            Map.entry("200002", "推送速率超过上限"));

    public FakeXiaomi(Vertx vertx, int port) {
        super("xiaomi", vertx, port);
    }

    @Override
    public Map<String, String> credential() {
        return Map.of("app-secret", SECRET, "package-name", PACKAGE, "url", url());
    }

    @Override
    protected boolean isSend(FakeRequest request) {
        return request.path().equals("/v3/message/regid");
    }

    @Override
    protected FakeAnswer failure(String error) {
        if (error.startsWith("http-")) {
            return FakeAnswer.empty(Integer.parseInt(error.substring("http-".length())))
                    .with("Retry-After", "7");
        }
        if (!ERRORS.containsKey(error)) {
            throw new IllegalArgumentException("Xiaomi has no error " + error);
        }
        return error(error, "told to fail");
    }

    @Override
    protected FakeAnswer answer(FakeRequest request) {
        if (!isSend(request)) {
            return FakeAnswer.empty(404);
        }
        if (!request.method().equals("POST")) {
            return FakeAnswer.empty(405);
        }
        if (!("key=" + SECRET).equals(request.header("Authorization"))) {
            return error("21301", "the key is not an app's");
        }
        Map<String, String> form = request.form();
        String token = form.getOrDefault("registration_id", "");
        String wrong = wrong(form, token);
        if (wrong != null) {
            return error(wrong.substring(0, wrong.indexOf(' ')), wrong.substring(wrong.indexOf(' ') + 1));
        }
        if (!isKnown(token)) {
            return error("20301", "no valid targets");
        }
        String id = "sdm" + UUID.randomUUID().toString().replace("-", "").substring(0, 19);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", id);
        if (!isValid(token)) {
            data.put("bad_regids", token);
        } else {
            take(new ReceivedPush(
                    name(),
                    token,
                    form.get("extra.jobkey"),
                    form.get("title"),
                    form.get("description"),
                    form.get("payload").isEmpty() ? null : form.get("payload"),
                    request.wire()));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("result", "ok");
        answer.put("trace_id", UUID.randomUUID().toString());
        answer.put("code", 0);
        answer.put("data", data);
        answer.put("description", "成功");
        answer.put("info", "Received push messages for 1 REGID");
        return FakeAnswer.json(200, answer);
    }

    /** The code and what is wrong; null if nothing is. */
    private static String wrong(Map<String, String> form, String token) {
        String passThrough = form.get("pass_through");
        if (token.isBlank() || passThrough == null || !form.containsKey("payload")) {
            return "10016 registration_id, pass_through or payload is missing";
        }
        if (!PACKAGE.equals(form.get("restricted_package_name"))) {
            return "22022 not a package of this app";
        }
        if (form.get("payload").length() >= 4_096) {
            return "10018 payload";
        }
        if (!whole(form.get("time_to_live"), 1, 1_209_600_000L)) {
            return "10017 time_to_live";
        }
        Map<String, String> extras = new LinkedHashMap<>(form);
        extras.keySet().removeIf(field -> !field.startsWith("extra."));
        int chars = extras.entrySet().stream()
                .mapToInt(extra -> extra.getKey().length()
                        - "extra.".length()
                        + extra.getValue().length())
                .sum();
        if (extras.size() > MOST_EXTRAS || chars > 1_024) {
            return "10018 extra";
        }
        if (!form.getOrDefault("extra.jobkey", "").matches("([A-Za-z0-9-][A-Za-z0-9_-]{0,19})?")) {
            return "10017 extra.jobkey";
        }
        return switch (passThrough) {
            case "0" -> wrongNotification(form);
            case "1" -> form.get("payload").isBlank() ? "10016 payload is missing" : null;
            default -> "10017 pass_through";
        };
    }

    private static String wrongNotification(Map<String, String> form) {
        String title = form.getOrDefault("title", "");
        String description = form.getOrDefault("description", "");
        if (title.isBlank() || description.isBlank()) {
            return "10016 title or description is missing";
        }
        if (title.length() >= 50 || description.length() >= 128) {
            return "10018 title or description";
        }
        if (!whole(form.getOrDefault("notify_type", "-1"), -1, 7)) {
            return "10017 notify_type";
        }
        return whole(form.getOrDefault("notify_id", "0"), 0, Integer.MAX_VALUE) ? null : "10017 notify_id";
    }

    private static boolean whole(String text, long least, long most) {
        if (text == null || !text.matches("-?[0-9]{1,15}")) {
            return false;
        }
        long number = Long.parseLong(text);
        return number >= least && number <= most;
    }

    private static FakeAnswer error(String code, String reason) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("result", "error");
        answer.put("reason", reason);
        answer.put("trace_id", UUID.randomUUID().toString());
        answer.put("code", Integer.parseInt(code));
        answer.put("description", ERRORS.get(code));
        return FakeAnswer.json(200, answer);
    }
}
