package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients behind a proxy that lets no WebSocket through. */
@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class EdgeStreamTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String INTERNAL_KEY = "Bearer internal-key-of-the-tests";

    @Inject
    EdgeServer server;

    @Inject
    RedisDataSource redis;

    @TestHTTPResource
    URI internalHttp;

    private final EdgeFixture fixture = new EdgeFixture();

    @BeforeEach
    void awaitServer() {
        await().until(() -> server.address() != null);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void serverSentEventsCarryBroadcasts() throws Exception {
        // Given
        String connect = URLEncoder.encode(connectCommand(), StandardCharsets.UTF_8);
        var response =
                HTTP.send(request("/connection/sse?cf_connect=" + connect).build(), BodyHandlers.ofLines());
        Iterator<String> lines = response.body().iterator();
        JsonNode reply = event(lines);

        // When
        ClientMessage message = fixture.broadcast("over SSE");

        // Then
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(reply.path("connect").path("session").asText()).isNotEmpty();
        assertThat(event(lines).path("push").path("pub").path("data"))
                .isEqualTo(Json.mapper().readTree(Json.write(message)));
    }

    @Test
    void anHttpStreamAnswersCommandsThatComeByEmulation() throws Exception {
        // Given
        Iterator<String> lines = HTTP.send(
                        request("/connection/http_stream")
                                .POST(BodyPublishers.ofString(connectCommand()))
                                .build(),
                        BodyHandlers.ofLines())
                .body()
                .iterator();
        JsonNode connected = reply(lines).path("connect");

        // When
        HttpResponse<String> accepted = emulate(
                connected.path("node").asText(),
                connected.path("session").asText(),
                "{\"id\":2,\"rpc\":{\"method\":\"ack\",\"data\":{\"uids\":[\"A\"]}}}");

        // Then
        assertThat(accepted.statusCode()).isEqualTo(204);
        assertThat(reply(lines).path("rpc").path("data").path("ok").asInt()).isEqualTo(1);
    }

    @Test
    void aForgedTokenIsToldAsTheLastMessage() throws Exception {
        // When
        Iterator<String> lines = HTTP.send(
                        request("/connection/http_stream")
                                .POST(BodyPublishers.ofString("{\"id\":1,\"connect\":{\"token\":\"forged\"}}"))
                                .build(),
                        BodyHandlers.ofLines())
                .body()
                .iterator();

        // Then
        JsonNode disconnect = Json.mapper().readTree(lines.next()).path("push").path("disconnect");
        assertThat(disconnect.path("code").asInt()).isEqualTo(3500);
        assertThat(disconnect.path("reconnect").asBoolean()).isFalse();
        assertThat(lines.hasNext()).isFalse();
    }

    @Test
    void emulationForAStrangersSessionIsRefused() throws Exception {
        assertThat(emulate("nobody", "0123", "{}").statusCode()).isEqualTo(404);
        for (String body :
                List.of("not JSON", "", "null", "[]", "{\"node\":\"n\",\"session\":\"s\"}", "{\"data\":\"{}\"}")) {
            assertThat(HTTP.send(
                                    request("/emulation")
                                            .POST(BodyPublishers.ofString(body))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    @Test
    void commandsForASessionOfAnotherNodeArePassedOn() throws Exception {
        // Given: a node that exists only as its sign of life in Redis
        BlockingQueue<String> passedOn = new LinkedBlockingQueue<>();
        HttpServer other = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        other.createContext("/internal/v1/emulation", exchange -> {
            passedOn.add(exchange.getRequestHeaders().getFirst("Authorization"));
            passedOn.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        other.start();
        redis.value(String.class)
                .set(
                        "fanfare:node:other",
                        "http://127.0.0.1:" + other.getAddress().getPort());

        // When
        HttpResponse<String> answer = emulate("other", "0123", "{}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(passedOn.poll()).isEqualTo("Bearer internal-key-of-the-tests");
        assertThat(passedOn.poll()).contains("\"session\":\"0123\"");
        other.stop(0);
    }

    @Test
    void commandsThatAnotherNodePassedOnReachTheSession() throws Exception {
        // Given
        Iterator<String> lines = HTTP.send(
                        request("/connection/http_stream")
                                .POST(BodyPublishers.ofString(connectCommand()))
                                .build(),
                        BodyHandlers.ofLines())
                .body()
                .iterator();
        JsonNode connected = reply(lines).path("connect");
        byte[] body = Json.write(Map.of(
                "node",
                connected.path("node").asText(),
                "session",
                connected.path("session").asText(),
                "data",
                "{\"id\":2,\"rpc\":{\"method\":\"ack\",\"data\":{\"uids\":[\"A\"]}}}"));

        // When
        int withoutKey = internal(body, "Bearer guessed");
        int unknown = internal(Json.write(Map.of("node", "n", "session", "s", "data", "{}")), INTERNAL_KEY);
        int taken = internal(body, INTERNAL_KEY);

        // Then
        assertThat(withoutKey).isEqualTo(401);
        assertThat(unknown).isEqualTo(404);
        assertThat(taken).isEqualTo(204);
        assertThat(reply(lines).path("id").asInt()).isEqualTo(2);
    }

    /** The next line of an HTTP stream that is no ping: a session's first ping may be due at once. */
    private static JsonNode reply(Iterator<String> lines) throws Exception {
        JsonNode reply = Json.mapper().readTree(lines.next());
        return reply.isEmpty() ? reply(lines) : reply;
    }

    private int internal(byte[] body, String authorization) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(internalHttp.resolve("/internal/v1/emulation"))
                                .header("Authorization", authorization)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    @Test
    void aConnectCommandIsRequired() throws Exception {
        assertThat(HTTP.send(request("/connection/sse").build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(400);
        assertThat(HTTP.send(request("/connection/http_stream").build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void browsersGetTheirPreflightAnswered() throws Exception {
        // When
        HttpResponse<String> preflight = HTTP.send(
                request("/emulation")
                        .method("OPTIONS", BodyPublishers.noBody())
                        .header("Origin", "https://app.example")
                        .build(),
                BodyHandlers.ofString());

        // Then
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(preflight.headers().firstValue("access-control-allow-origin"))
                .contains("https://app.example");
        assertThat(preflight.headers().firstValue("access-control-allow-headers"))
                .contains("authorization, content-type");
    }

    private String connectCommand() {
        return "{\"id\":1,\"connect\":{\"token\":\"" + fixture.token("u1") + "\"}}";
    }

    private HttpResponse<String> emulate(String node, String session, String commands) throws Exception {
        byte[] body = Json.write(Map.of("node", node, "session", session, "data", commands));
        return HTTP.send(
                request("/emulation").POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + server.address().getPort() + path));
    }

    /** The next event that is no ping. */
    private static JsonNode event(Iterator<String> lines) throws Exception {
        String line = lines.next();
        while (line.isEmpty()) {
            line = lines.next();
        }
        JsonNode event = Json.mapper().readTree(line.substring("data: ".length()));
        return event.isEmpty() ? event(lines) : event;
    }
}
