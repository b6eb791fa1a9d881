package dev.fanfare.fakes.huawei;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Json;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What it refuses, asked by another client than the product's. */
class FakeHuaweiTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private Vertx vertx;
    private FakeHuawei huawei;
    private String token;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        huawei = new FakeHuawei(vertx, 0);
        token = huawei.newToken();
    }

    @AfterEach
    void stop() {
        huawei.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void dataMessageIsTaken() throws Exception {
        // When, then
        assertThat(said("{\"message\":{\"token\":[\"TOKEN\"],\"data\":\"plain\"}}"))
                .isEqualTo("80000000");
        assertThat(huawei.received()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"message\":{\"token\":[\"TOKEN\"]}}",
                "{\"message\":{\"token\":\"TOKEN\",\"data\":\"d\"}}",
                "{\"messager\":{\"token\":[\"TOKEN\"],\"data\":\"d\"}}",
                "{\"message\":{\"token\":[\"TOKEN\"],\"android\":{\"notification\":{\"title\":\"t\",\"body\":\"b\"}}}}",
                "{\"message\":{\"token\":[\"TOKEN\"],\"android\":{\"notification\":{\"body\":\"b\",\"click_action\":{\"type\":3}}}}}",
                "{\"message\":{\"token\":[\"TOKEN\"],\"data\":\"d\",\"android\":{\"ttl\":\"0s\"}}}",
                "{\"message\":{\"token\":[\"TOKEN\"],\"data\":\"d\",\"android\":{\"ttl\":\"1296001s\"}}}",
                "{\"message\":{\"token\":[\"TOKEN\"],\"data\":\"d\",\"android\":{\"collapse_key\":\"a\"}}}"
            })
    void messagesThatAreWrong(String body) throws Exception {
        // When, then
        assertThat(said(body)).isEqualTo("80100003");
        assertThat(huawei.received()).isEmpty();
    }

    @Test
    void messageThatIsTooLarge() throws Exception {
        // When, then
        assertThat(said("{\"message\":{\"token\":[\"TOKEN\"],\"data\":\"" + "x".repeat(4096) + "\"}}"))
                .isEqualTo("80300008");
    }

    @Test
    void noToken() throws Exception {
        // When, then
        assertThat(said("{\"message\":{\"token\":[],\"data\":\"d\"}}")).isEqualTo("80300010");
    }

    @Test
    void deviceThatNeverWas() throws Exception {
        // When, then
        assertThat(said("{\"message\":{\"token\":[\"other\"],\"data\":\"d\"}}")).isEqualTo("80300007");
    }

    @Test
    void accessTokenThatIsNone() throws Exception {
        // When
        HttpResponse<String> answer = post("/v1/101234567/messages:send", "Bearer no", "{}");

        // Then
        assertThat(Json.mapper().readTree(answer.body()).path("code").asText()).isEqualTo("80200003");
        assertThat(huawei.accessTokens().refused()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "grant_type=password, 1102",
        "grant_type=client_credentials&client_id=other&client_secret=SECRET, 1101",
        "grant_type=client_credentials&client_id=101234567&client_secret=guessed, 1101"
    })
    void clientsThatAreWrong(String form, String error) throws Exception {
        // When
        HttpResponse<String> answer = post(
                "/oauth2/v3/token",
                "none",
                form.replace("SECRET", huawei.credential().get("client-secret")));

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.mapper().readTree(answer.body()).path("error").asText()).isEqualTo(error);
    }

    private String said(String body) throws Exception {
        String accessToken = huawei.accessTokens().give(Duration.ofMinutes(1));
        HttpResponse<String> answer =
                post("/v1/101234567/messages:send", "Bearer " + accessToken, body.replace("TOKEN", token));
        return Json.mapper().readTree(answer.body()).path("code").asText();
    }

    private HttpResponse<String> post(String path, String authorization, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(huawei.url() + path))
                        .header("Authorization", authorization)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
