package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.app.AppSettings;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.UserAccess;
import dev.fanfare.delivery.access.ConnectAccess;
import dev.fanfare.delivery.access.Standing;
import dev.fanfare.delivery.app.KnownApps;
import dev.fanfare.runtime.settings.AppSecrets;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that come with the token of ZIM that their back end makes already. */
@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class ZimTokenTest {

    private static final String SERVER_SECRET = "00112233445566778899aabbccddeeff";
    private static final String NEXT_SECRET = "ffeeddccbbaa99887766554433221100";
    private static final long HOUR = 3600;
    private static final int EXPIRED = 109;
    private static final int CUT_OFF = 3005;
    private static final int INVALID = 3500;
    private static final int BLOCKED = 4502;

    @Inject
    EdgeServer server;

    @Inject
    ConnectAccess access;

    @Inject
    KnownApps apps;

    @Inject
    AppSecrets secrets;

    private final EdgeFixture fixture = new EdgeFixture();
    private final ZimBackEnd backEnd =
            new ZimBackEnd(ThreadLocalRandom.current().nextLong(1, 1L << 32), SERVER_SECRET);
    private final List<EdgeClient> clients = new ArrayList<>();
    private final long now = System.currentTimeMillis() / 1000;

    @BeforeEach
    void tellSettings() throws Exception {
        await().until(() -> server.address() != null);
        tellSettings(1, SERVER_SECRET);
    }

    @AfterEach
    void close() throws Exception {
        clients.forEach(EdgeClient::close);
        fixture.kafka.send(new ProducerRecord<>(Topic.APP_SETTINGS.topicName(), fixture.app, null));
        fixture.close();
    }

    @Test
    void aClientWithATokenOfEitherLayoutGetsItsMessages() throws Exception {
        for (String token : List.of(good("tom"), backEnd.cbc("tom", now, now + HOUR))) {
            // Given
            EdgeClient client = new EdgeClient(server.address());
            clients.add(client);

            // When
            JsonNode connected = connect(client, token);

            // Then
            assertThat(connected.path("connect").path("subs").has("#tom")).isTrue();
            assertThat(connected.path("connect").path("ttl").asLong()).isBetween(HOUR - 60, HOUR);
            staysConnected(client);
        }
    }

    @Test
    void anExpiredTokenIsAnsweredLikeOneOfOursAndTheClientMayComeAgain() throws Exception {
        // Given
        EdgeClient client = new EdgeClient(server.address());
        clients.add(client);

        // When
        JsonNode refused = connect(client, backEnd.gcm("tom", now - 2 * HOUR, now - HOUR));

        // Then
        assertThat(refused.path("error").path("code").asInt()).isEqualTo(EXPIRED);
        EdgeClient again = new EdgeClient(server.address());
        clients.add(again);
        assertThat(connect(again, good("tom")).has("connect")).isTrue();
    }

    @Test
    void aForgedTokenIsRefusedForGood() throws Exception {
        String data = data(Long.toString(backEnd.appId()));
        ZimBackEnd stranger = new ZimBackEnd(backEnd.appId(), NEXT_SECRET);
        ZimBackEnd otherApp = new ZimBackEnd(backEnd.appId() ^ 1, SERVER_SECRET);
        List<String> commands = List.of(
                command(stranger.gcm("tom", now, now + HOUR), data),
                command(stranger.cbc("tom", now, now + HOUR), data),
                command(otherApp.gcm("tom", now, now + HOUR), data),
                command(good("tom"), data("0")),
                command(good("tom"), data("\"nobody\"")),
                command("04", data),
                command("04AAAA", data));
        for (String connect : commands) {
            try (EdgeClient client = new EdgeClient(server.address())) {
                // When
                client.send(connect);

                // Then
                assertThat(client.closeCode()).as(connect).isEqualTo(INVALID);
            }
        }
    }

    @Test
    void aSessionGoesOnWithANewerTokenOfEitherKindAndOfItsUserOnly() throws Exception {
        // Given
        EdgeClient client = connected(backEnd.gcm("tom", now, now + 60));

        // When
        client.send("{\"id\":2,\"refresh\":{\"token\":\"" + backEnd.cbc("tom", now, now + HOUR) + "\"}}");

        // Then
        assertThat(client.next().path("refresh").path("ttl").asLong()).isBetween(HOUR - 60, HOUR);
        client.send("{\"id\":3,\"refresh\":{\"token\":\"" + fixture.token("tom") + "\"}}");
        assertThat(client.next().has("refresh")).isTrue();
        client.send("{\"id\":4,\"refresh\":{\"token\":\"" + backEnd.gcm("tom", now - HOUR, now - 1) + "\"}}");
        assertThat(client.next().path("error").path("code").asInt()).isEqualTo(EXPIRED);
        client.send("{\"id\":5,\"refresh\":{\"token\":\"" + good("rose") + "\"}}");
        assertThat(client.closeCode()).isEqualTo(INVALID);
    }

    @Test
    void tokensThatWereMadeBeforeAnExpiryAreCutOff() throws Exception {
        // Given
        EdgeClient client = connected(backEnd.gcm("tom", now - 100, now + HOUR));

        // When
        tell(new UserAccess(fixture.app, "tom", (now - 50) * 1000, 0, 1));

        // Then
        assertThat(client.closeCode()).isEqualTo(CUT_OFF);
        EdgeClient again = new EdgeClient(server.address());
        clients.add(again);
        JsonNode refused = connect(again, backEnd.gcm("tom", now - 51, now + HOUR));
        assertThat(refused.path("error").path("code").asInt()).isEqualTo(EXPIRED);
        staysConnected(connected(backEnd.gcm("tom", now - 50, now + HOUR)));
    }

    @Test
    void aBlockedUserIsKeptOut() throws Exception {
        // Given
        EdgeClient client = connected(good("tom"));

        // When
        tell(new UserAccess(fixture.app, "tom", 0, System.currentTimeMillis() + 60_000, 1));

        // Then
        assertThat(client.closeCode()).isEqualTo(BLOCKED);
        try (EdgeClient again = new EdgeClient(server.address())) {
            again.send(command(good("tom"), data(Long.toString(backEnd.appId()))));
            assertThat(again.closeCode()).isEqualTo(BLOCKED);
        }
    }

    @Test
    void whileTheSecretIsChangedBothAreGoodAndAfterwardsTheNewOne() throws Exception {
        // Given
        ZimBackEnd changed = new ZimBackEnd(backEnd.appId(), NEXT_SECRET);

        // When
        tellSettings(2, NEXT_SECRET, SERVER_SECRET);

        // Then
        staysConnected(connected(good("tom")));
        staysConnected(connected(changed.gcm("tom", now, now + HOUR)));

        // When
        tellSettings(3, NEXT_SECRET);

        // Then
        staysConnected(connected(changed.gcm("tom", now, now + HOUR)));
        try (EdgeClient client = new EdgeClient(server.address())) {
            client.send(command(good("tom"), data(Long.toString(backEnd.appId()))));
            assertThat(client.closeCode()).isEqualTo(INVALID);
        }
    }

    @Test
    void aClientThatAsksNowAndThenNamesItsAppInTheAddress() throws Exception {
        // When
        HttpResponse<String> named = pull(good("tom"), Long.toString(backEnd.appId()));
        HttpResponse<String> misnamed = pull(good("tom"), "0");
        HttpResponse<String> expired = pull(backEnd.gcm("tom", now - HOUR, now - 1), Long.toString(backEnd.appId()));

        // Then
        assertThat(named.statusCode()).isEqualTo(200);
        assertThat(misnamed.statusCode()).isEqualTo(401);
        assertThat(Json.mapper().readTree(misnamed.body()).path("code").asInt()).isEqualTo(INVALID);
        assertThat(Json.mapper().readTree(expired.body()).path("code").asInt()).isEqualTo(EXPIRED);
    }

    private HttpResponse<String> pull(String token, String appId) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + server.address().getPort() + "/fanfare/v1/pull?zimAppId=" + appId
                + "&token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    private String good(String userId) {
        return backEnd.gcm(userId, now, now + HOUR);
    }

    private EdgeClient connected(String token) throws Exception {
        EdgeClient client = new EdgeClient(server.address());
        clients.add(client);
        assertThat(connect(client, token).has("connect")).isTrue();
        return client;
    }

    private JsonNode connect(EdgeClient client, String token) throws Exception {
        client.send(command(token, data(Long.toString(backEnd.appId()))));
        return client.next();
    }

    private static String data(String appId) {
        return "{\"zimAppId\":" + appId + "}";
    }

    private static String command(String token, String data) {
        return "{\"id\":1,\"connect\":{\"token\":\"" + token + "\",\"data\":" + data + "}}";
    }

    private void staysConnected(EdgeClient client) throws Exception {
        ClientMessage message = fixture.broadcast("hello");
        JsonNode data;
        do {
            data = client.nextPublication("broadcast").path("data");
        } while (!data.path("messageUID").asText().equals(message.messageUID()));
        assertThat(data.path("content").asText()).isEqualTo("hello");
    }

    private void tellSettings(long version, String... serverSecrets) throws Exception {
        List<String> sealed = Stream.of(serverSecrets)
                .map(secret -> secrets.sealZim(fixture.app, Secret.of(secret)))
                .toList();
        AppSettings settings =
                new AppSettings(fixture.app, version, Long.toString(backEnd.appId()), sealed, null, null);
        fixture.kafka.send(new ProducerRecord<>(Topic.APP_SETTINGS.topicName(), fixture.app, Json.write(settings)));
        await().until(() ->
                apps.of(fixture.app).filter(known -> known.version() == version).isPresent());
    }

    private void tell(UserAccess told) throws Exception {
        fixture.kafka.send(new ProducerRecord<>(
                Topic.USER_ACCESS.topicName(), RecordKey.ofUser(told.appKey(), told.userId()), Json.write(told)));
        await().until(() -> access.standing(told.appKey(), told.userId(), 0) != Standing.GOOD);
    }
}
