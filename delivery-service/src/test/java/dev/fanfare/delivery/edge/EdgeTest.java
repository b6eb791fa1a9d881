package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.UserAccess;
import dev.fanfare.delivery.session.LocalSessions;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class EdgeTest {

    @Inject
    EdgeServer server;

    @Inject
    LocalSessions sessions;

    private final EdgeFixture fixture = new EdgeFixture();
    private final String app = fixture.app;

    @BeforeEach
    void awaitServer() {
        await().until(() -> server.address() != null);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aNewClientGetsTheWindowAndThenLiveBroadcasts() throws Exception {
        try (EdgeClient client = new EdgeClient(server.address())) {
            // Given
            ClientMessage early = fixture.broadcast("early");
            awaitInWindow(early);

            // When
            JsonNode connect = client.connect(fixture.token("u1"));
            ClientMessage live = fixture.broadcast("live");

            // Then
            JsonNode channel = connect.path("connect").path("subs").path("broadcast");
            assertThat(channel.path("recovered").asBoolean()).isTrue();
            assertThat(uids(channel.path("publications"))).containsExactly(early.messageUID());
            JsonNode publication = client.nextPublication("broadcast");
            assertThat(publication.path("data")).isEqualTo(Json.mapper().readTree(Json.write(live)));
            assertThat(publication.path("offset").asLong())
                    .isGreaterThan(channel.path("offset").asLong());
        }
    }

    @Test
    void aReturningClientGetsWhatItMissedOnce() throws Exception {
        // Given
        JsonNode position;
        try (EdgeClient first = new EdgeClient(server.address())) {
            position = first.connect(fixture.token("u1"))
                    .path("connect")
                    .path("subs")
                    .path("broadcast");
        }
        ClientMessage missed = fixture.broadcast("missed");
        awaitInWindow(missed);

        // When
        try (EdgeClient second = new EdgeClient(server.address())) {
            JsonNode channel = second.connect(fixture.token("u1"), recoverFrom(position))
                    .path("connect")
                    .path("subs")
                    .path("broadcast");

            // Then
            assertThat(channel.path("was_recovering").asBoolean()).isTrue();
            assertThat(channel.path("recovered").asBoolean()).isTrue();
            assertThat(uids(channel.path("publications"))).containsExactly(missed.messageUID());
        }
    }

    @Test
    void aRepeatedRecordIsShownOnce() throws Exception {
        try (EdgeClient client = new EdgeClient(server.address())) {
            // Given
            client.connect(fixture.token("u1"));
            ClientMessage once = EdgeFixture.message("once");

            // When
            fixture.publish(once);
            fixture.publish(once);
            ClientMessage after = fixture.broadcast("after");

            // Then
            assertThat(client.nextPublication("broadcast")
                            .path("data")
                            .path("messageUID")
                            .asText())
                    .isEqualTo(once.messageUID());
            assertThat(client.nextPublication("broadcast")
                            .path("data")
                            .path("messageUID")
                            .asText())
                    .isEqualTo(after.messageUID());
        }
    }

    @Test
    void anotherAppsBroadcastIsNotShown() throws Exception {
        try (EdgeClient client = new EdgeClient(server.address())) {
            // Given
            client.connect(fixture.token("u1"));

            // When
            fixture.kafka.send(new ProducerRecord<>(
                    Topic.DELIVERY_STREAM.topicName(), "other-" + app, Json.write(EdgeFixture.message("theirs"))));
            ClientMessage ours = fixture.broadcast("ours");

            // Then
            assertThat(client.nextPublication("broadcast")
                            .path("data")
                            .path("messageUID")
                            .asText())
                    .isEqualTo(ours.messageUID());
        }
    }

    /** Everything that a client can do is about the app and the user of its token; no command names an app. */
    @Test
    void aUserOfAnotherAppWithTheSameNamesGetsNothingOfThisOne() throws Exception {
        try (EdgeFixture other = new EdgeFixture();
                EdgeClient theirs = new EdgeClient(server.address())) {
            // Given: the same user id, in another app
            awaitInWindow(fixture.broadcast("held in the window"));
            theirs.connect(other.token("u1"));

            // When
            var reached = sessions.deliver(app, List.of("u1"), EdgeFixture.message("for ours"))
                    .await()
                    .atMost(Duration.ofSeconds(5));
            fixture.broadcast("live");
            ClientMessage last = other.broadcast("theirs");

            // Then
            assertThat(reached).isEmpty();
            assertThat(theirs.nextPublication("broadcast")
                            .path("data")
                            .path("messageUID")
                            .asText())
                    .isEqualTo(last.messageUID());
        }
    }

    @Test
    void aPersonalMessageReachesEveryDeviceOnce() throws Exception {
        try (EdgeClient phone = new EdgeClient(server.address());
                EdgeClient tablet = new EdgeClient(server.address())) {
            // Given
            phone.connect(fixture.token("u1"));
            tablet.connect(fixture.token("u1"));
            ClientMessage message = EdgeFixture.message("for you");

            // When
            var reached = List.of(
                    sessions.deliver(app, List.of("u1", "u2"), message).await().atMost(Duration.ofSeconds(5)),
                    sessions.deliver(app, List.of("u1"), message).await().atMost(Duration.ofSeconds(5)));
            ClientMessage second = EdgeFixture.message("second");
            sessions.deliver(app, List.of("u1"), second).await().atMost(Duration.ofSeconds(5));

            // Then
            assertThat(reached).allMatch(users -> users.equals(Set.of("u1")));
            for (EdgeClient device : List.of(phone, tablet)) {
                assertThat(device.nextPublication("#u1").path("data"))
                        .isEqualTo(Json.mapper().readTree(Json.write(message)));
                assertThat(device.nextPublication("#u1")
                                .path("data")
                                .path("messageUID")
                                .asText())
                        .isEqualTo(second.messageUID());
            }
        }
    }

    @Test
    void aForgedTokenIsFinal() throws Exception {
        try (EdgeClient client = new EdgeClient(server.address())) {
            client.send("{\"id\":1,\"connect\":{\"token\":\"" + fixture.token("u1") + "x\"}}");
            assertThat(client.closeCode()).isEqualTo(3500);
        }
    }

    @Test
    void anExpiredTokenAsksForANewOne() throws Exception {
        try (EdgeClient client = new EdgeClient(server.address())) {
            JsonNode reply = client.connect(fixture.tokens.issue(app, "u1", Duration.ofSeconds(-1)));
            assertThat(reply.path("error").path("code").asInt()).isEqualTo(109);
        }
    }

    @Test
    void tokensFromBeforeTheCutAreExpired() throws Exception {
        // Given
        String older = fixture.token("u1");
        UserAccess cut = new UserAccess(app, "u1", System.currentTimeMillis() + 1, 0, 1);

        // When
        fixture.kafka.send(
                new ProducerRecord<>(Topic.USER_ACCESS.topicName(), RecordKey.ofUser(app, "u1"), Json.write(cut)));

        // Then
        await().untilAsserted(() -> {
            try (EdgeClient client = new EdgeClient(server.address())) {
                assertThat(client.connect(older).path("error").path("code").asInt())
                        .isEqualTo(109);
            }
        });
        try (EdgeClient client = new EdgeClient(server.address())) {
            assertThat(client.connect(fixture.token("u1")).has("connect")).isTrue();
        }
    }

    @Test
    void refreshTakesANewerTokenOfTheSameUserOnly() throws Exception {
        try (EdgeClient client = new EdgeClient(server.address())) {
            // Given
            client.connect(fixture.tokens.issue(app, "u1", Duration.ofSeconds(60)));

            // When
            client.send("{\"id\":2,\"refresh\":{\"token\":\"" + fixture.token("u1") + "\"}}");
            JsonNode refreshed = client.next();
            client.send("{\"id\":3,\"refresh\":{\"token\":\"" + fixture.token("u2") + "\"}}");

            // Then
            assertThat(refreshed.path("refresh").path("ttl").asLong())
                    .isBetween(EdgeFixture.DAY.toSeconds() - 60, EdgeFixture.DAY.toSeconds());
            assertThat(client.closeCode()).isEqualTo(3500);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":1,\"rpc\":{\"method\":\"ack\"}}", // before connect
                "{}", // a pong that nobody asked for
                "{\"id\":1,\"connect\":", // not JSON
            })
    void whatBreaksTheProtocolEndsTheConnection(String frame) throws Exception {
        try (EdgeClient client = new EdgeClient(server.address())) {
            client.send(frame);
            assertThat(client.closeCode()).isEqualTo(3501);
        }
    }

    @Test
    void aSecondConnectEndsTheConnection() throws Exception {
        try (EdgeClient client = new EdgeClient(server.address())) {
            client.connect(fixture.token("u1"));
            client.send("{\"id\":2,\"connect\":{\"token\":\"" + fixture.token("u1") + "\"}}");
            assertThat(client.closeCode()).isEqualTo(3501);
        }
    }

    @Test
    void commandsThatAreNotOfferedAreAnswered() throws Exception {
        try (EdgeClient client = new EdgeClient(server.address())) {
            // Given
            client.connect(fixture.token("u1"));

            // When: someone asks for another user's channel, for a method that does not exist, and for one that does
            client.send("{\"id\":2,\"subscribe\":{\"channel\":\"#u2\"}}\n{\"id\":3,\"rpc\":{\"method\":\"fly\"}}\n"
                    + "{\"id\":4,\"rpc\":{\"method\":\"ack\",\"data\":{}}}\n"
                    + "{\"id\":5,\"rpc\":{\"method\":\"ack\",\"data\":{\"uids\":[\"A\"]}}}");

            // Then
            assertThat(client.next().path("error").path("code").asInt()).isEqualTo(108);
            assertThat(client.next().path("error").path("code").asInt()).isEqualTo(104);
            assertThat(client.next().path("error").path("code").asInt()).isEqualTo(107);
            assertThat(client.next().path("rpc").path("data").path("ok").asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void aFrameThatIsTooLargeEndsTheConnection() throws Exception {
        try (EdgeClient client = new EdgeClient(server.address())) {
            client.connect(fixture.token("u1"));
            client.send(" ".repeat(65_537));
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aConnectionThatSaysNothingIsStale() throws Exception {
        try (EdgeClient client = new EdgeClient(server.address())) {
            assertThat(client.closeCode()).isEqualTo(3502);
        }
    }

    @Test
    void aClientThatAsksForPingsOfTheWebSocketGetsThoseOnly() throws Exception {
        String url = "ws://127.0.0.1:" + server.address().getPort() + HttpRoutes.WEBSOCKET_PATH
                + "?cf_ws_frame_ping_pong=true";
        try (EdgeClient client = new EdgeClient(HttpClient.newHttpClient(), url)) {
            // When
            JsonNode connect = client.connect(fixture.token("u1")).path("connect");

            // Then
            assertThat(connect.has("ping")).isFalse();
            assertThat(connect.has("pong")).isFalse();
            assertThat(client.awaitFramePing(Duration.ofSeconds(40))).isTrue();
            ClientMessage live = fixture.broadcast("after the ping");
            assertThat(client.nextPublication("broadcast")
                            .path("data")
                            .path("messageUID")
                            .asText())
                    .isEqualTo(live.messageUID());
        }
    }

    @Test
    void otherPathsAreTold() throws Exception {
        // When
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + server.address().getPort() + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).contains(HttpRoutes.WEBSOCKET_PATH);
    }

    @Test
    void manyClientsThatJoinDuringABurstMissNothing() throws Exception {
        // Given
        List<String> sent = new ArrayList<>();
        List<EdgeClient> clients = new ArrayList<>();
        List<JsonNode> replies = new ArrayList<>();

        // When
        for (int i = 0; i < 100; i++) {
            sent.add(fixture.broadcast("m" + i).messageUID());
            if (i % 5 == 0) {
                EdgeClient client = new EdgeClient(server.address());
                clients.add(client);
                replies.add(client.connect(fixture.token("u" + i)));
            }
        }

        // Then: reply and live frames together are all messages, each once, in order
        for (int i = 0; i < clients.size(); i++) {
            List<String> got = new ArrayList<>(uids(replies.get(i)
                    .path("connect")
                    .path("subs")
                    .path("broadcast")
                    .path("publications")));
            while (got.size() < sent.size()) {
                got.add(clients.get(i)
                        .nextPublication("broadcast")
                        .path("data")
                        .path("messageUID")
                        .asText());
            }
            assertThat(got).isEqualTo(sent);
            assertThat(clients.get(i).drain()).isEmpty();
            clients.get(i).close();
        }
    }

    /** A client that connects after this finds the message in its reply. */
    private void awaitInWindow(ClientMessage message) {
        await().untilAsserted(() -> {
            try (EdgeClient probe = new EdgeClient(server.address())) {
                JsonNode reply = probe.connect(fixture.token("probe"));
                assertThat(uids(reply.path("connect")
                                .path("subs")
                                .path("broadcast")
                                .path("publications")))
                        .contains(message.messageUID());
            }
        });
    }

    static String recoverFrom(JsonNode position) {
        return "{\"broadcast\":{\"recover\":true,\"epoch\":\""
                + position.path("epoch").asText() + "\",\"offset\":"
                + position.path("offset").asLong() + "}}";
    }

    static List<String> uids(JsonNode publications) {
        List<String> uids = new ArrayList<>();
        publications.forEach(publication ->
                uids.add(publication.path("data").path("messageUID").asText()));
        return uids;
    }
}
