package dev.fanfare.fakes.apns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import dev.fanfare.contracts.Json;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What it refuses, asked by another client than the product's. */
class FakeApnsTest {

    private static final String ALERT = "{\"aps\":{\"alert\":\"hello\"}}";

    private static Vertx vertx;
    private static FakeApns apns;
    private static HttpClient http;

    private final Map<String, String> headers = new LinkedHashMap<>();
    private String token;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        apns = new FakeApns(vertx, 0);
        http = HttpClient.newBuilder().sslContext(trust()).build();
    }

    @AfterAll
    static void stop() {
        apns.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void rightHeaders() throws Exception {
        token = apns.newToken();
        headers.put("authorization", "bearer " + providerToken("FAKETEAM01", Instant.now()));
        headers.put("apns-topic", FakeApns.TOPIC);
        headers.put("apns-push-type", "alert");
        headers.put("apns-priority", "10");
    }

    @Test
    void whatIsRightIsTaken() throws Exception {
        // When
        HttpResponse<String> answer = send(ALERT);

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(answer.headers().firstValue("apns-id")).isPresent();
        assertThat(apns.received()).anySatisfy(push -> {
            assertThat(push.token()).isEqualTo(token);
            assertThat(push.body()).isEqualTo("hello");
            assertThat(push.request()).doesNotContain("bearer");
        });
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "authorization, none, 403 MissingProviderToken",
                "authorization, bearer x.y.z, 403 InvalidProviderToken",
                "apns-topic, none, 400 MissingTopic",
                "apns-topic, com.example, 400 TopicDisallowed",
                "apns-topic, dev.fanfare.demo.watch, 400 DeviceTokenNotForTopic",
                "apns-push-type, none, 400 InvalidPushType",
                "apns-push-type, loud, 400 InvalidPushType",
                "apns-push-type, background, 400 BadPriority",
                "apns-priority, 7, 400 BadPriority",
                "apns-expiration, tomorrow, 400 BadExpirationDate",
                "apns-id, 17, 400 BadMessageId",
                "apns-collapse-id, 0123456789012345678901234567890123456789012345678901234567890123x, 400 BadCollapseId"
            })
    void headersThatAreWrong(String name, String value, String error) throws Exception {
        // Given
        headers.remove(name);
        if (value != null) {
            headers.put(name, value);
        }

        // When
        HttpResponse<String> answer = send(ALERT);

        // Then
        assertThat(said(answer)).isEqualTo(error);
    }

    @Test
    void providerTokenThatIsTooOld() throws Exception {
        // Given
        headers.put(
                "authorization",
                "bearer " + providerToken("FAKETEAM01", Instant.now().minusSeconds(3_700)));

        // When, then
        assertThat(said(send(ALERT))).isEqualTo("403 ExpiredProviderToken");
    }

    @Test
    void providerTokenOfAnotherTeam() throws Exception {
        // Given
        headers.put("authorization", "bearer " + providerToken("OTHERTEAM1", Instant.now()));

        // When, then
        assertThat(said(send(ALERT))).isEqualTo("403 InvalidProviderToken");
    }

    @Test
    void deviceThatIsGone() throws Exception {
        // Given
        apns.invalidate(token);

        // When
        HttpResponse<String> answer = send(ALERT);

        // Then
        assertThat(said(answer)).isEqualTo("410 Unregistered");
        assertThat(Json.mapper().readTree(answer.body()).path("timestamp").asLong())
                .isCloseTo(System.currentTimeMillis(), within(10_000L));
    }

    @Test
    void deviceThatNeverWas() throws Exception {
        // Given
        token = "00".repeat(32);

        // When, then
        assertThat(said(send(ALERT))).isEqualTo("400 BadDeviceToken");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alert | 10 | '' | 400 PayloadEmpty",
                "alert | 10 | [] | 400 PayloadEmpty",
                "alert | 10 | {\"aps\":{}} | 400 PayloadEmpty",
                "background | 5 | {\"aps\":{\"alert\":\"a\",\"content-available\":1}} | 400 PayloadEmpty",
                "background | 5 | {\"aps\":{\"sound\":\"default\"}} | 400 PayloadEmpty"
            })
    void payloadsThatAreWrong(String type, String priority, String payload, String error) throws Exception {
        // Given
        headers.put("apns-push-type", type);
        headers.put("apns-priority", priority);

        // When, then
        assertThat(said(send(payload))).isEqualTo(error);
    }

    @Test
    void payloadThatIsTooLarge() throws Exception {
        // When, then
        assertThat(said(send("{\"aps\":{\"alert\":\"" + "a".repeat(4096) + "\"}}")))
                .isEqualTo("413 PayloadTooLarge");
    }

    private HttpResponse<String> send(String payload) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(apns.url() + "/3/device/" + token))
                .POST(BodyPublishers.ofString(payload));
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static String said(HttpResponse<String> answer) throws Exception {
        return answer.statusCode() + " "
                + Json.mapper().readTree(answer.body()).path("reason").asText();
    }

    private static String providerToken(String team, Instant issuedAt) throws Exception {
        String pem = apns.credential().get("key").replaceAll("-----.*-----", "");
        ECPrivateKey key = (ECPrivateKey) KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
        JWTCreator.Builder jwt = JWT.create()
                .withKeyId(apns.credential().get("key-id"))
                .withIssuer(team)
                .withIssuedAt(issuedAt);
        return jwt.sign(Algorithm.ECDSA256(null, key));
    }

    private static SSLContext trust() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "apns",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(
                                apns.credential().get("ca").getBytes(StandardCharsets.UTF_8))));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
