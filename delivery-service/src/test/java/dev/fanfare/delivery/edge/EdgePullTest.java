package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that poll. */
@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class EdgePullTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @Inject
    EdgeServer server;

    private final EdgeFixture fixture = new EdgeFixture();
    private final String token = fixture.token("u1");

    @BeforeEach
    void awaitServer() {
        await().until(() -> server.address() != null);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theFirstTimeAllOfTheWindowComesAndThenWhatIsNew() throws Exception {
        // Given
        ClientMessage first = fixture.broadcast("first");
        ClientMessage second = fixture.broadcast("second");
        JsonNode all = pullUntil(second);

        // When
        JsonNode nothing = pull("?since=" + all.path("position").asText());
        ClientMessage third = fixture.broadcast("third");
        pullUntil(third);
        JsonNode rest = pull("?since=" + nothing.path("position").asText());

        // Then
        assertThat(uids(all)).containsExactly(first.messageUID(), second.messageUID());
        assertThat(all.path("recovered").asBoolean()).isTrue();
        assertThat(all.path("more").asBoolean()).isFalse();
        assertThat(all.path("messages").get(0)).isEqualTo(Json.mapper().readTree(Json.write(first)));
        assertThat(uids(nothing)).isEmpty();
        assertThat(uids(rest)).containsExactly(third.messageUID());
        assertThat(rest.path("recovered").asBoolean()).isTrue();
    }

    @Test
    void moreThanOneAnswerHoldsComesInSeveral() throws Exception {
        // Given: about 600 KB
        List<String> sent = new ArrayList<>();
        ClientMessage last = null;
        for (int i = 0; i < 6; i++) {
            last = fixture.broadcast("x".repeat(100_000));
            sent.add(last.messageUID());
        }
        awaitInWindow(last, sent.size());

        // When
        JsonNode first = pull("");
        JsonNode rest = pull("?since=" + first.path("position").asText());

        // Then
        assertThat(first.path("more").asBoolean()).isTrue();
        assertThat(rest.path("more").asBoolean()).isFalse();
        assertThat(rest.path("recovered").asBoolean()).isTrue();
        List<String> got = uids(first);
        got.addAll(uids(rest));
        assertThat(got).isEqualTo(sent);
    }

    @Test
    void aPositionOfAnotherStreamMeansThatSomethingMayBeLost() throws Exception {
        // Given
        ClientMessage held = fixture.broadcast("held");
        pullUntil(held);

        // When
        JsonNode answer = pull("?since=other.0.17");

        // Then
        assertThat(answer.path("recovered").asBoolean(true)).isFalse();
        assertThat(uids(answer)).containsExactly(held.messageUID());
    }

    @Test
    void aPositionOfASessionsStreamIsTheSame() throws Exception {
        // Given: a message that a session has got
        ClientMessage seen = fixture.broadcast("seen");
        pullUntil(seen);
        JsonNode broadcast;
        try (EdgeClient client = new EdgeClient(server.address())) {
            broadcast = client.connect(token).path("connect").path("subs").path("broadcast");
        }

        // When
        JsonNode answer = pull("?since=" + broadcast.path("epoch").asText() + "."
                + broadcast.path("offset").asLong());

        // Then
        assertThat(uids(answer)).isEmpty();
        assertThat(answer.path("recovered").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "1", "x.-1", "1767225600000"})
    void whatIsNoPositionIsToldSo(String since) throws Exception {
        // When
        HttpResponse<String> answer = get("?since=" + since, "Bearer " + token);

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.mapper().readTree(answer.body()).path("error").asText())
                .contains("since must be the position of an earlier answer");
    }

    @Test
    void theTokenMayStandInTheQuery() throws Exception {
        assertThat(get("?token=" + token, null).statusCode()).isEqualTo(200);
        assertThat(get("?deviceId=phone-1&token=" + token, null).statusCode()).isEqualTo(200);
        assertThat(get("", "bearer " + token).statusCode()).isEqualTo(200);
    }

    @Test
    void anExpiredTokenIsToldApartFromOneThatIsNotOurs() throws Exception {
        // When
        String old = fixture.tokens.issue(fixture.app, "u1", Duration.ofSeconds(-1));
        HttpResponse<String> expired = get("", "Bearer " + old);

        // Then
        assertThat(expired.statusCode()).isEqualTo(401);
        assertThat(Json.mapper().readTree(expired.body()))
                .isEqualTo(Json.mapper().readTree("{\"error\":\"token expired\",\"code\":109}"));
        for (String authorization : new String[] {null, "", "Bearer ", "Bearer " + token + "x", "Basic dTpw"}) {
            HttpResponse<String> forged = get("", authorization);
            assertThat(forged.statusCode()).isEqualTo(401);
            assertThat(Json.mapper().readTree(forged.body()))
                    .isEqualTo(Json.mapper().readTree("{\"error\":\"invalid token\",\"code\":3500}"));
        }
    }

    @Test
    void onlyGetIsOffered() throws Exception {
        HttpRequest post = HttpRequest.newBuilder(uri(""))
                .POST(BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token)
                .build();
        assertThat(HTTP.send(post, BodyHandlers.discarding()).statusCode()).isEqualTo(405);
    }

    @Test
    void aWebPageMayPoll() throws Exception {
        // When
        HttpRequest request = HttpRequest.newBuilder(uri(""))
                .header("Origin", "https://app.example")
                .header("Authorization", "Bearer " + token)
                .build();
        HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());

        // Then
        assertThat(answer.headers().firstValue("access-control-allow-origin")).contains("https://app.example");
        assertThat(answer.headers().firstValue("cache-control")).contains("private, no-store");
        assertThat(answer.headers().firstValue("content-type")).contains("application/json; charset=utf-8");
    }

    private JsonNode pullUntil(ClientMessage message) {
        return await().until(() -> pull(""), answer -> uids(answer).contains(message.messageUID()));
    }

    /** The window holds more than an answer does. */
    private void awaitInWindow(ClientMessage message, int count) {
        await().untilAsserted(() -> {
            List<String> all = new ArrayList<>();
            JsonNode answer = pull("");
            all.addAll(uids(answer));
            while (answer.path("more").asBoolean()) {
                answer = pull("?since=" + answer.path("position").asText());
                all.addAll(uids(answer));
            }
            assertThat(all).hasSize(count).contains(message.messageUID());
        });
    }

    private JsonNode pull(String query) throws Exception {
        HttpResponse<String> answer = get(query, "Bearer " + token);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Json.mapper().readTree(answer.body());
    }

    private HttpResponse<String> get(String query, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(query));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private URI uri(String query) {
        return URI.create("http://127.0.0.1:" + server.address().getPort() + HttpRoutes.PULL_PATH + query);
    }

    private static List<String> uids(JsonNode answer) {
        List<String> uids = new ArrayList<>();
        answer.path("messages")
                .forEach(message -> uids.add(message.path("messageUID").asText()));
        return uids;
    }
}
