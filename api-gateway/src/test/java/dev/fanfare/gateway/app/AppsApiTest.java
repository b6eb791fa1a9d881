package dev.fanfare.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.ZimBackEnd;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@GatewayTest
class AppsApiTest {

    private static final Form TOM = Form.of("userId", "tom");
    private static final String HIDDEN = "hidden-hidden-hidden-hidden-1234";
    private static final String GET_TOKEN = "/user/getToken.json";

    @Test
    void anAppOfTheConfigurationIsThere() {
        // Given
        BackEnd first = new BackEnd("first-app", "first-app-secret-for-tests");

        // When
        Awaitility.await().until(() -> first.post(GET_TOKEN, TOM).code() == 200);

        // Then
        assertThat(BackEnd.admin("GET", "/first-app", null)
                        .body()
                        .path("zimAppId")
                        .asText())
                .isEqualTo("1234567890");
    }

    @Test
    void createMakesUpWhatIsNotGiven() {
        // When
        Answer answer = BackEnd.admin("POST", "", Map.of());

        // Then
        assertThat(answer.status()).isEqualTo(201);
        BackEnd app = new BackEnd(
                answer.body().path("appKey").asText(),
                answer.body().path("secret").asText());
        assertThat(app.secret()).hasSizeGreaterThanOrEqualTo(32);
        app.post(GET_TOKEN, TOM).isSuccess();
    }

    @Test
    void createTakesWhatIsGiven() {
        // Given
        String key = "app-" + UUID.randomUUID();
        String zimAppId = Long.toString(ThreadLocalRandom.current().nextLong(1, 0xffff_ffffL));

        // When
        Answer answer = BackEnd.admin(
                "POST",
                "",
                Map.of("appKey", key, "name", "N", "secret", "s", "zimAppId", zimAppId, "zimServerSecret", HIDDEN));

        // Then
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().toString()).doesNotContain(HIDDEN);
        new BackEnd(key, "s").post(GET_TOKEN, TOM).isSuccess();
        Answer shown = BackEnd.admin("GET", "/" + key, null);
        assertThat(shown.body().has("secret")).isFalse();
        assertThat(shown.body().path("name").asText()).isEqualTo("N");
        assertThat(BackEnd.admin("GET", "", null).body().findValuesAsText("appKey"))
                .contains(key, "first-app");
    }

    @Test
    void idsAreTakenOnce() {
        // Given
        String key = BackEnd.create().appKey();

        // When
        Answer sameKey = BackEnd.admin("POST", "", Map.of("appKey", key));
        Answer sameZim = BackEnd.admin("POST", "", Map.of("zimAppId", "1234567890", "zimServerSecret", HIDDEN));

        // Then
        isRefused(sameKey, 409, "APP_EXISTS");
        isRefused(sameZim, 409, "ZIM_APP_ID_TAKEN");
    }

    @Test
    void aNewSecretReplacesTheOld() {
        // Given
        BackEnd app = BackEnd.create();

        // When
        Answer answer = BackEnd.admin("POST", "/" + app.appKey() + "/secret", null);

        // Then
        BackEnd rotated = new BackEnd(app.appKey(), answer.body().path("secret").asText());
        rotated.post(GET_TOKEN, TOM).isSuccess();
        app.post(GET_TOKEN, TOM).isRefused(401, 1004);
    }

    @Test
    void changesWhatIsNamedAndNothingElse() {
        // Given
        BackEnd app = BackEnd.create()
                .change(Map.of(
                        "limits",
                        Map.of("user/info", 7, "message/broadcast:day", 9),
                        "switchedOff",
                        List.of("template", "broadcast")));

        // When
        Answer answer =
                BackEnd.admin("PATCH", "/" + app.appKey(), Map.of("name", "Changed", "clockWindowSeconds", 600));

        // Then
        assertThat(answer.body().toString())
                .isEqualTo(("{\"appKey\":\"%s\",\"name\":\"Changed\",\"status\":\"ACTIVE\","
                                + "\"switchedOff\":[\"broadcast\",\"template\"],\"limits\":{\"message/broadcast:day\":9,\"user/info\":7},"
                                + "\"clockWindowSeconds\":600,\"refuseReplays\":false}")
                        .formatted(app.appKey()));
        assertThat(BackEnd.admin("GET", "/" + app.appKey(), null).body()).isEqualTo(answer.body());
    }

    @Test
    void aLockedAppCanBeUnlocked() {
        // Given
        BackEnd app = BackEnd.create();
        BackEnd.admin("POST", "/" + app.appKey() + "/lock", null);
        app.post(GET_TOKEN, TOM).isRefused(401, 1006);

        // When
        Answer answer = BackEnd.admin("POST", "/" + app.appKey() + "/unlock", null);

        // Then
        assertThat(answer.body().path("status").asText()).isEqualTo("ACTIVE");
        app.post(GET_TOKEN, TOM).isSuccess();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"appKey\":\"a/b\"}",
                "{\"appKey\":\"\"}",
                "{\"secret\":\" \"}",
                "{\"name\":\"\"}",
                "{\"zimAppId\":\"1\"}",
                "{\"zimAppId\":\"one\",\"zimServerSecret\":\"00112233445566778899aabbccddeeff\"}",
                "{\"zimAppId\":\"1\",\"zimServerSecret\":\"short\"}",
                "{\"unknown\":1}",
                "{\"appKey\":{}}",
                "[]",
                "null",
                "{",
                "",
            })
    void refusesABadCreation(String body) {
        // When
        Answer answer = send("POST", "", body);

        // Then
        isRefused(answer, 400, "INVALID");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"zimPushType2\":\"all\"}",
                "{\"zimMessageBytes\":4096}",
                "{\"switchedOff\":[\"flying\"]}",
                "{\"switchedOff\":[null]}",
                "{\"switchedOff\":\"broadcast\"}",
                "{\"limits\":{\"no/such/endpoint\":1}}",
                "{\"limits\":{\"message/broadcast\":1}}",
                "{\"limits\":{\"push:day\":1}}",
                "{\"limits\":{\"user/info\":0}}",
                "{\"limits\":{\"user/info\":1000001}}",
                "{\"limits\":{\"user/info\":null}}",
                "{\"clockWindowSeconds\":-1}",
                "{\"clockWindowSeconds\":86401}",
                "{\"name\":\" \"}",
                "{\"limit\":{}}",
            })
    void refusesABadChangeWhole(String body) {
        // Given
        BackEnd app = BackEnd.create();
        Answer before = BackEnd.admin("GET", "/" + app.appKey(), null);

        // When
        Answer answer = send("PATCH", "/" + app.appKey(), body);

        // Then
        isRefused(answer, 400, "INVALID");
        assertThat(BackEnd.admin("GET", "/" + app.appKey(), null).body()).isEqualTo(before.body());
    }

    @Test
    void anAppOnZimsApiHasSettingsForIt() {
        // Given
        ZimBackEnd app = ZimBackEnd.create();
        Answer before = BackEnd.admin("GET", "/" + app.appKey(), null);

        // When
        app.change(Map.of("zimPushType2", "all"));
        app.change(Map.of("zimMessageBytes", 32768));

        // Then
        assertThat(before.body().path("zimPushType2").asText()).isEqualTo("offline");
        assertThat(before.body().path("zimMessageBytes").asInt()).isEqualTo(2048);
        Answer after = BackEnd.admin("GET", "/" + app.appKey(), null);
        assertThat(after.body().path("zimPushType2").asText()).isEqualTo("all");
        assertThat(after.body().path("zimMessageBytes").asInt()).isEqualTo(32768);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"zimPushType2\":\"none\"}",
                "{\"zimPushType2\":2}",
                "{\"zimMessageBytes\":0}",
                "{\"zimMessageBytes\":32769}"
            })
    void refusesABadSettingOfZim(String body) {
        // Given
        ZimBackEnd app = ZimBackEnd.create();

        // When
        Answer answer = send("PATCH", "/" + app.appKey(), body);

        // Then
        isRefused(answer, 400, "INVALID");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nobody, 404, NO_SUCH_APP",
        "PATCH, /nobody, 404, NO_SUCH_APP",
        "POST, /nobody/secret, 404, NO_SUCH_APP",
        "POST, /nobody/lock, 404, NO_SUCH_APP",
        "DELETE, /nobody, 404, NO_SUCH_APP",
        "DELETE, /nobody/zim, 404, NO_SUCH_APP",
        "DELETE, /nobody/zim/previous-secret, 404, NO_SUCH_APP",
        "GET, /nobody/elsewhere, 404, NOT_FOUND",
        "DELETE, '', 405, METHOD_NOT_ALLOWED",
    })
    void saysWhatIsNotThere(String method, String path, int status, String reason) {
        // When
        Answer answer = BackEnd.admin(method, path, method.equals("PATCH") ? Map.of() : null);

        // Then
        isRefused(answer, status, reason);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearer", "Bearer guessed", "Basic admin-token-for-tests", "admin-token-for-tests"})
    void letsNobodyInWithoutTheToken(String authorization) {
        for (String path : List.of("/admin/v1/apps", "/admin/v1/apps/first-app/secret", "/admin/v1/nothing")) {
            // Given
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(BackEnd.url(path)).POST(BodyPublishers.noBody());
            if (authorization != null) {
                request.header("Authorization", authorization);
            }

            // When
            Answer answer = BackEnd.send(request.build());

            // Then
            isRefused(answer, 401, "UNAUTHORIZED");
        }
    }

    static Answer send(String method, String path, String body) {
        return BackEnd.send(HttpRequest.newBuilder(BackEnd.url("/admin/v1/apps" + path))
                .header("Authorization", "Bearer admin-token-for-tests")
                .header("Content-Type", BackEnd.JSON)
                .method(method, BodyPublishers.ofString(body))
                .build());
    }

    static void isRefused(Answer answer, int status, String reason) {
        assertThat(answer.body().path("reason").asText()).isEqualTo(reason);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("text").asText()).isNotBlank();
    }
}
