package dev.fanfare.fakes.fcm;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What it refuses, asked by another client than the product's. */
class FakeFcmTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private Vertx vertx;
    private FakeFcm fcm;
    private String token;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        fcm = new FakeFcm(vertx, 0);
        token = fcm.newToken();
    }

    @AfterEach
    void stop() {
        fcm.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void whatIsRightIsTaken() throws Exception {
        // When
        HttpResponse<String> answer = send(
                "{\"message\":{\"token\":\"TOKEN\",\"notification\":{\"body\":\"hello\"},\"data\":{\"appData\":\"d\"}}}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(fcm.received()).singleElement().satisfies(push -> {
            assertThat(push.token()).isEqualTo(token);
            assertThat(push.body()).isEqualTo("hello");
            assertThat(push.data()).isEqualTo("d");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"message\":{}}",
                "{\"message\":{\"token\":7}}",
                "{\"message\":{\"token\":\"TOKEN\",\"unknown\":1}}",
                "{\"message\":{\"token\":\"TOKEN\"},\"unknown\":1}",
                "{\"message\":{\"token\":\"TOKEN\",\"data\":{\"number\":1}}}",
                "{\"message\":{\"token\":\"TOKEN\",\"data\":{\"from\":\"me\"}}}",
                "{\"message\":{\"token\":\"TOKEN\",\"data\":{\"google.x\":\"me\"}}}",
                "{\"message\":{\"token\":\"TOKEN\",\"android\":{\"ttl\":\"3 days\"}}}",
                "{\"message\":{\"token\":\"TOKEN\",\"android\":{\"ttl\":\"2419201s\"}}}",
                "{\"message\":{\"token\":\"TOKEN\",\"android\":{\"priority\":\"URGENT\"}}}",
                "{\"message\":{\"token\":\"TOKEN\",\"android\":{\"notification\":{\"channelId\":\"a\"}}}}"
            })
    void messagesThatAreWrong(String body) throws Exception {
        // When, then
        assertThat(said(send(body))).isEqualTo("400 INVALID_ARGUMENT");
        assertThat(fcm.received()).isEmpty();
    }

    @Test
    void messageThatIsTooLarge() throws Exception {
        // When, then
        assertThat(said(send("{\"message\":{\"token\":\"TOKEN\",\"data\":{\"a\":\"" + "x".repeat(4096) + "\"}}}")))
                .isEqualTo("400 INVALID_ARGUMENT");
    }

    @Test
    void deviceThatIsGone() throws Exception {
        // Given
        fcm.invalidate(token);

        // When, then
        assertThat(said(send("{\"message\":{\"token\":\"TOKEN\"}}"))).isEqualTo("404 NOT_FOUND");
    }

    @Test
    void withoutAccessToken() throws Exception {
        // When
        HttpResponse<String> answer =
                post("/v1/projects/fanfare-demo/messages:send", "application/json", "Bearer no", "{}");

        // Then
        assertThat(said(answer)).isEqualTo("401 UNAUTHENTICATED");
    }

    @Test
    void ofAnotherProject() throws Exception {
        // When, then
        assertThat(post("/v1/projects/other/messages:send", "application/json", "Bearer no", "{}")
                        .statusCode())
                .isEqualTo(404);
    }

    /** Which claim is wrong. */
    @ParameterizedTest
    @CsvSource({"iss", "aud", "scope", "iat", "exp-late", "exp-past", "kid"})
    void assertionsThatAreWrong(String wrong) throws Exception {
        // When
        HttpResponse<String> answer = grant(wrong);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.mapper().readTree(answer.body()).path("error").asText()).isEqualTo("invalid_grant");
        assertThat(fcm.accessTokens().given()).isZero();
    }

    private HttpResponse<String> send(String body) throws Exception {
        String accessToken = Json.mapper()
                .readTree(grant("nothing").body())
                .path("access_token")
                .textValue();
        return post(
                "/v1/projects/fanfare-demo/messages:send",
                "application/json",
                "Bearer " + accessToken,
                body.replace("TOKEN", token));
    }

    private HttpResponse<String> grant(String wrong) throws Exception {
        JsonNode account = Json.mapper().readTree(fcm.credential().get("service-account"));
        String pem = account.path("private_key").textValue().replaceAll("-----.*-----", "");
        RSAPrivateKey key = (RSAPrivateKey) KeyFactory.getInstance("RSA")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
        Instant now = Instant.now();
        JWTCreator.Builder jwt = JWT.create()
                .withKeyId(
                        wrong.equals("kid")
                                ? "other"
                                : account.path("private_key_id").textValue())
                .withIssuer(
                        wrong.equals("iss")
                                ? "other"
                                : account.path("client_email").textValue())
                .withAudience(wrong.equals("aud") ? "https://example.com" : fcm.url() + "/token")
                .withClaim(
                        "scope",
                        wrong.equals("scope")
                                ? "https://www.googleapis.com/auth/calendar"
                                : "https://www.googleapis.com/auth/firebase.messaging")
                .withExpiresAt(
                        now.plusSeconds(wrong.equals("exp-late") ? 7_200 : wrong.equals("exp-past") ? -600 : 600));
        if (!wrong.equals("iat")) {
            jwt.withIssuedAt(now);
        }
        return post(
                "/token",
                "application/x-www-form-urlencoded",
                "none",
                "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion="
                        + jwt.sign(Algorithm.RSA256(null, key)));
    }

    private HttpResponse<String> post(String path, String type, String authorization, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(fcm.url() + path))
                        .header("Content-Type", type)
                        .header("Authorization", authorization)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String said(HttpResponse<String> answer) throws Exception {
        return answer.statusCode() + " "
                + Json.mapper()
                        .readTree(answer.body())
                        .path("error")
                        .path("status")
                        .asText();
    }
}
