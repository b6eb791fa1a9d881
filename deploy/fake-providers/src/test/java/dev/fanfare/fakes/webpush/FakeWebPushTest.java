package dev.fanfare.fakes.webpush;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import dev.fanfare.contracts.Json;
import dev.fanfare.fakes.http.Keys;
import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.KeyFactory;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What it refuses, asked by another client than the product's; what it takes, the sender's test has. */
class FakeWebPushTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> headers = new LinkedHashMap<>();
    private Vertx vertx;
    private FakeWebPush service;
    private String endpoint;

    @BeforeEach
    void start() throws Exception {
        vertx = Vertx.vertx();
        service = new FakeWebPush(vertx, 0);
        endpoint = Json.mapper().readTree(service.newToken()).path("endpoint").textValue();
        headers.put("Authorization", vapid(service.url(), Duration.ofHours(1), "mailto:a@example.com"));
        headers.put("TTL", "60");
        headers.put("Content-Encoding", "aes128gcm");
    }

    @AfterEach
    void stop() {
        service.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "Authorization, none, 401",
                "Authorization, Bearer x, 401",
                "TTL, none, 400",
                "TTL, soon, 400",
                "Urgency, urgent, 400",
                "Topic, a topic, 400",
                "Topic, 0123456789012345678901234567890123, 400",
                "Content-Encoding, aesgcm, 400"
            })
    void headersThatAreWrong(String name, String value, int status) throws Exception {
        // Given
        headers.remove(name);
        if (value != null) {
            headers.put(name, value);
        }

        // When, then
        assertThat(send(new byte[200])).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com, 3600, mailto:a@example.com",
        "SERVICE, 90000, mailto:a@example.com",
        "SERVICE, -10, mailto:a@example.com",
        "SERVICE, 3600, somebody"
    })
    void identificationsThatAreWrong(String audience, long seconds, String subject) throws Exception {
        // Given
        headers.put(
                "Authorization",
                vapid(audience.replace("SERVICE", service.url()), Duration.ofSeconds(seconds), subject));

        // When, then
        assertThat(send(new byte[200])).isEqualTo(403);
    }

    @Test
    void keyThatTheSubscriptionIsNotFor() throws Exception {
        // Given
        String other = Browser.base64(Browser.point((ECPublicKey) Keys.ec().getPublic()));
        headers.compute("Authorization", (name, value) -> value.replaceAll("k=.*", "k=" + other));

        // When, then
        assertThat(send(new byte[200])).isEqualTo(403);
    }

    @Test
    void messageThatTheBrowserCannotRead() throws Exception {
        // When, then
        assertThat(send(new byte[200])).isEqualTo(400);
        assertThat(service.received()).isEmpty();
    }

    @Test
    void messageThatIsTooLarge() throws Exception {
        // When, then
        assertThat(send(new byte[4097])).isEqualTo(413);
    }

    private int send(byte[] body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(endpoint)).POST(BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private String vapid(String audience, Duration validity, String subject) throws Exception {
        byte[] number = Base64.getUrlDecoder().decode(service.credential().get("private-key"));
        ECPrivateKey key = (ECPrivateKey) KeyFactory.getInstance("EC")
                .generatePrivate(new ECPrivateKeySpec(
                        new BigInteger(1, number), ((ECPublicKey) Keys.ec().getPublic()).getParams()));
        String token = JWT.create()
                .withAudience(audience)
                .withExpiresAt(Instant.now().plus(validity))
                .withSubject(subject)
                .sign(Algorithm.ECDSA256(null, key));
        return "vapid t=" + token + ", k=" + service.credential().get("public-key");
    }
}
