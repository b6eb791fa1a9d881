package dev.fanfare.fakes;

import static dev.fanfare.fakes.HttpCaller.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.fakes.honor.FakeHonor;
import dev.fanfare.fakes.http.FakeHttpProvider;
import dev.fanfare.fakes.http.VendorSigning;
import dev.fanfare.fakes.oppo.FakeOppo;
import dev.fanfare.fakes.vivo.FakeVivo;
import dev.fanfare.fakes.webhook.FakeWebhook;
import dev.fanfare.fakes.xiaomi.FakeXiaomi;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a vendor would refuse, its fake refuses, with the vendor's code; and takes nothing of it. */
class VendorStrictnessTest {

    private static Vertx vertx;

    private final HttpCaller caller = new HttpCaller();
    private FakeXiaomi xiaomi;
    private FakeOppo oppo;
    private FakeVivo vivo;
    private FakeHonor honor;
    private FakeWebhook webhook;

    @BeforeAll
    static void startLoops() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopLoops() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void start() {
        xiaomi = new FakeXiaomi(vertx, 0);
        oppo = new FakeOppo(vertx, 0);
        vivo = new FakeVivo(vertx, 0);
        honor = new FakeHonor(vertx, 0);
        webhook = new FakeWebhook(vertx, 0);
    }

    @AfterEach
    void takeNothingAndStop() {
        for (FakeHttpProvider fake : List.of(xiaomi, oppo, vivo, honor, webhook)) {
            assertThat(fake.received()).isEmpty();
            fake.close();
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "registration_id, -, 10016",
                "pass_through, -, 10016",
                "pass_through, 2, 10017",
                "payload, -, 10016",
                "title, ' ', 10016",
                "title, 50*, 10018",
                "description, -, 10016",
                "description, 128*, 10018",
                "payload, 4096*, 10018",
                "extra.jobkey, 21*, 10017",
                "extra.jobkey, _a, 10017",
                "extra.long, 1024*, 10018",
                "notify_id, -1, 10017",
                "notify_type, 8, 10017",
                "time_to_live, 1209600001, 10017",
                "restricted_package_name, other.app, 22022",
                "registration_id, nobody, 20301"
            })
    void xiaomi(String field, String value, int code) throws Exception {
        // Given
        Map<String, String> form = new HashMap<>(Map.of(
                "registration_id", xiaomi.newToken(),
                "restricted_package_name", FakeXiaomi.PACKAGE,
                "payload", "",
                "pass_through", "0",
                "title", "Shop",
                "description", "Your parcel",
                "time_to_live", "1000"));
        change(form, field, value);

        // When
        var response = caller.postForm(
                xiaomi.url() + "/v3/message/regid",
                form,
                "Authorization",
                "key=" + xiaomi.credential().get("app-secret"));

        // Then
        assertThat(json(response).path("code").asInt()).isEqualTo(code);
        assertThat(json(response).path("result").asText()).isEqualTo("error");
    }

    @Test
    void xiaomiWithoutKey() throws Exception {
        // When
        var response =
                caller.postForm(xiaomi.url() + "/v3/message/regid", Map.of("registration_id", xiaomi.newToken()));

        // Then
        assertThat(json(response).path("code").asInt()).isEqualTo(21301);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "app_key, -, 15",
                "app_key, other, 14",
                "sign, -, 17",
                "sign, 0, 16",
                "timestamp, -, 18",
                "timestamp, 1501484120000, 19",
                "timestamp, 1501484120, 19"
            })
    void oppoAuthentication(String field, String value, int code) throws Exception {
        // Given
        Map<String, String> form = oppoAuthentication();
        change(form, field, value);

        // When, then
        assertThat(json(caller.postForm(oppo.url() + "/server/v1/auth", form))
                        .path("code")
                        .asInt())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/target_value, -, 40",
                "/target_type, -, 40",
                "/target_type, 5, 41",
                "/target_value, nobody, 10000",
                "/notification/title, -, 40",
                "/notification/title, 51*, 41",
                "/notification/content, 51*, 41",
                "/notification/action_parameters, no json, 41",
                "/notification/style, 3, 41",
                "/notification/off_line_ttl, 0, 41"
            })
    void oppoMessage(String field, String value, int code) throws Exception {
        // Given
        String authToken = json(caller.postForm(oppo.url() + "/server/v1/auth", oppoAuthentication()))
                .path("data")
                .path("auth_token")
                .asText();
        ObjectNode message =
                Json.mapper().createObjectNode().put("target_type", 2).put("target_value", oppo.newToken());
        message.putObject("notification").put("title", "Shop").put("content", "Your parcel");
        change(message, field, value);

        // When
        var response = caller.postForm(
                oppo.url() + "/server/v1/message/notification/unicast",
                Map.of("auth_token", authToken, "message", message.toString()));

        // Then
        assertThat(json(response).path("code").asInt()).isEqualTo(code);
    }

    @Test
    void oppoWithoutAuthTokenOrWithAnother() throws Exception {
        // Given
        String url = oppo.url() + "/server/v1/message/notification/unicast";

        // When, then
        assertThat(json(caller.postForm(url, Map.of("message", "{}")))
                        .path("code")
                        .asInt())
                .isEqualTo(29);
        assertThat(json(caller.postForm(url, Map.of("auth_token", "x", "message", "{}")))
                        .path("code")
                        .asInt())
                .isEqualTo(11);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/appId, 1, 10094",
                "/regId, -, 10050",
                "/regId, nobody, 10302",
                "/title, -, 10055",
                "/title, 41*, 10056",
                "/content, ' ', 10058",
                "/content, 101*, 10059",
                "/requestId, -, 10303",
                "/requestId, 65*, 10304",
                "/clientCustomMap/a, 1024*, 10067",
                "/notifyType, 5, 10085",
                "/timeToLive, 59, 10085",
                "/timeToLive, 86401, 10085",
                "/notifyId, 0, 10085",
                "/category, im, 10096",
                "/classification, 2, 10097"
            })
    void vivoMessage(String field, String value, int result) throws Exception {
        // Given
        ObjectNode message = Json.mapper()
                .createObjectNode()
                .put("appId", 10_004)
                .put("regId", vivo.newToken())
                .put("title", "Shop")
                .put("content", "Your parcel")
                .put("notifyType", 4)
                .put("skipType", 1)
                .put("requestId", "1");
        message.putObject("clientCustomMap");
        change(message, field, value);
        String authToken = json(caller.post(
                        vivo.url() + "/message/auth",
                        vivoAuthentication().toString(),
                        "Content-Type",
                        "application/json"))
                .path("authToken")
                .asText();

        // When
        var response = caller.post(
                vivo.url() + "/message/send",
                message.toString(),
                "Content-Type",
                "application/json",
                "authToken",
                authToken);

        // Then
        assertThat(json(response).path("result").asInt()).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({"/appId, 10005", "/appKey, other", "/sign, 0", "/timestamp, 1501484120000"})
    void vivoAuthentication(String field, String value) throws Exception {
        // Given
        ObjectNode request = vivoAuthentication();
        change(request, field, value);

        // When
        var response =
                caller.post(vivo.url() + "/message/auth", request.toString(), "Content-Type", "application/json");

        // Then
        assertThat(json(response).path("result").asInt()).isEqualTo(10000);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/token, -, 80300010",
                "/token, nobody, 80300010",
                "/android/ttl, 1296001s, 80100003",
                "/android/ttl, 5, 80100003",
                "/android/targetUserType, 2, 80100003",
                "/android/notification/title, -, 80100003",
                "/android/notification/body, ' ', 80100003",
                "/android/notification/clickAction, -, 80100003",
                "/android/notification/importance, HIGH, 80100003",
                "/android/notification/image, http://a/b.png, 80100003",
                "/android/notification/style, 1, 80100003",
                "/data, no json, 80100003",
                "/data, 4096*, 80300008"
            })
    void honorMessage(String field, String value, int code) throws Exception {
        // Given
        ObjectNode message = Json.mapper().createObjectNode();
        message.putArray("token").add(honor.newToken());
        message.putObject("android")
                .putObject("notification")
                .put("title", "Shop")
                .put("body", "Your parcel")
                .putObject("clickAction")
                .put("type", 3);
        change(message, field, value);

        // When
        var response = caller.post(
                honor.url() + "/api/v1/104410000/sendMessage",
                message.toString(),
                "Authorization",
                "Bearer " + honorToken(),
                "timestamp",
                Long.toString(System.currentTimeMillis()));

        // Then
        assertThat(json(response).path("code").asInt()).isEqualTo(code);
    }

    @Test
    void honorWithoutTimeOrToken() throws Exception {
        // Given
        String url = honor.url() + "/api/v1/104410000/sendMessage";

        // When, then
        assertThat(json(caller.post(url, "{}")).path("code").asInt()).isEqualTo(80200001);
        assertThat(json(caller.post(url, "{}", "Authorization", "Bearer x"))
                        .path("code")
                        .asInt())
                .isEqualTo(80200003);
        assertThat(json(caller.post(url, "{}", "Authorization", "Bearer " + honorToken()))
                        .path("code")
                        .asInt())
                .isEqualTo(80100001);
        assertThat(caller.post(honor.url() + "/api/v1/1/sendMessage", "{}", "Authorization", "Bearer " + honorToken())
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"0, id, true, {}, 400", "0, id, false, {}, 401", "-310, id, true, {}, 401", "310, id, true, {}, 401"})
    void webhook(int secondsOff, String id, boolean signed, String body, int status) throws Exception {
        // Given
        String timestamp = Long.toString(Instant.now().getEpochSecond() + secondsOff);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(
                Base64.getDecoder().decode(webhook.credential().get("secret").substring("whsec_".length())),
                "HmacSHA256"));
        String signature =
                Base64.getEncoder().encodeToString(mac.doFinal((id + "." + timestamp + "." + body).getBytes()));

        // When
        var response = caller.post(
                webhook.credential().get("url"),
                body,
                "webhook-id",
                id,
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                signed ? "v1,other v1," + signature : "v1," + signature.toLowerCase(Locale.ROOT));

        // Then
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @Test
    void noVendorHasErrorsOfItsOwnMaking() {
        for (FakeHttpProvider fake : List.of(xiaomi, oppo, vivo, honor, webhook)) {
            // When, then
            assertThatThrownBy(() -> fake.fail("broken", 1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private Map<String, String> oppoAuthentication() {
        Map<String, String> credential = oppo.credential();
        String timestamp = Long.toString(System.currentTimeMillis());
        return new HashMap<>(Map.of(
                "app_key",
                credential.get("app-key"),
                "timestamp",
                timestamp,
                "sign",
                VendorSigning.digest(
                        "SHA-256", credential.get("app-key") + timestamp + credential.get("master-secret"))));
    }

    private ObjectNode vivoAuthentication() {
        Map<String, String> credential = vivo.credential();
        long timestamp = System.currentTimeMillis();
        return Json.mapper()
                .createObjectNode()
                .put("appId", Long.parseLong(credential.get("app-id")))
                .put("appKey", credential.get("app-key"))
                .put("timestamp", timestamp)
                .put(
                        "sign",
                        VendorSigning.digest(
                                "MD5",
                                credential.get("app-id")
                                        + credential.get("app-key")
                                        + timestamp
                                        + credential.get("app-secret")));
    }

    private String honorToken() throws Exception {
        return json(caller.postForm(
                        honor.url() + "/auth/token",
                        Map.of(
                                "grant_type", "client_credentials",
                                "client_id", honor.credential().get("client-id"),
                                "client_secret", honor.credential().get("client-secret"))))
                .path("access_token")
                .asText();
    }

    private static void change(Map<String, String> form, String field, String value) {
        if (value == null) {
            form.remove(field);
        } else {
            form.put(field, text(value));
        }
    }

    private static void change(ObjectNode root, String pointer, String value) {
        int slash = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) root.at(pointer.substring(0, slash));
        String field = pointer.substring(slash + 1);
        if (value == null) {
            parent.remove(field);
        } else if (value.matches("[0-9]+") && !field.equals("sign")) {
            parent.put(field, Long.parseLong(value));
        } else {
            parent.put(field, text(value));
        }
    }

    /** {@code 50*} is a text of 50 characters. */
    private static String text(String value) {
        return value.matches("[0-9]+[*]") ? "x".repeat(Integer.parseInt(value.replace("*", ""))) : value;
    }
}
