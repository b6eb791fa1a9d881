package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.delivery.recall.MessageKey;
import dev.fanfare.delivery.recall.RecalledMessages;
import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.BroadcastListener;
import dev.fanfare.delivery.window.BroadcastStream;
import dev.fanfare.delivery.window.BroadcastWindow;
import dev.fanfare.delivery.window.KeptSource;
import dev.fanfare.delivery.window.StreamPosition;
import dev.fanfare.delivery.window.WindowConfig;
import dev.fanfare.runtime.trace.Tracing;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.common.annotation.Identifier;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Broadcasts for those who are there, and for those who come within days; and those that are taken back. */
@QuarkusTest
@TestProfile(BroadcastKindsTest.ShortWindow.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class BroadcastKindsTest {

    /** A test can wait until the window is over. */
    public static class ShortWindow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "fanfare.window.length",
                    "3s",
                    "fanfare.session.ping-interval",
                    "4s",
                    "fanfare.session.pong-timeout",
                    "2s");
        }
    }

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Inject
    EdgeServer server;

    @Inject
    BroadcastWindow window;

    @Inject
    WindowConfig config;

    @Inject
    KeptSource kept;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> brokers;

    @Inject
    RecalledMessages recalled;

    @Inject
    Pool pool;

    @Inject
    RedisDataSource redis;

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
    void whoIsThereIsToldWithoutAnOffsetAndNobodyFindsItLater() throws Exception {
        try (EdgeClient client = new EdgeClient(server.address())) {
            // Given
            JsonNode before = channel(client.connect(fixture.token("u1")));

            // When
            ClientMessage live = fixture.broadcast("now", InApp.LIVE, null);
            JsonNode told = client.nextPublication("broadcast");
            ClientMessage later = fixture.broadcast("later", InApp.WINDOW, null);
            JsonNode toldLater = client.nextPublication("broadcast");

            // Then
            assertThat(told.path("data")).isEqualTo(Json.mapper().readTree(Json.write(live)));
            assertThat(told.has("offset")).isFalse();
            assertThat(toldLater.path("offset").asLong())
                    .isGreaterThan(before.path("offset").asLong());
            try (EdgeClient other = new EdgeClient(server.address())) {
                JsonNode reply = channel(other.connect(fixture.token("u1"), EdgeTest.recoverFrom(before)));
                assertThat(reply.path("recovered").asBoolean()).isTrue();
                assertThat(EdgeTest.uids(reply.path("publications"))).containsExactly(later.messageUID());
            }
            assertThat(uids(pull(""))).containsExactly(later.messageUID());
        }
    }

    @Test
    void inProtobufItHasNoOffsetEither() throws Exception {
        // Given
        ProtobufClient client = new ProtobufClient();
        client.connect(fixture.token("u1"));

        // When
        ClientMessage live = fixture.broadcast("now", InApp.LIVE, null);
        ClientMessage usual = fixture.broadcast("usual", InApp.WINDOW, null);

        // Then
        UnknownFieldSet first = client.nextPublication();
        UnknownFieldSet second = client.nextPublication();
        assertThat(data(first)).isEqualTo(new String(Json.write(live), StandardCharsets.UTF_8));
        assertThat(offset(first)).isZero();
        assertThat(data(second)).isEqualTo(new String(Json.write(usual), StandardCharsets.UTF_8));
        assertThat(offset(second)).isPositive();
        client.close();
    }

    @Test
    void aRepeatedMessageOfZimIsToldOnce() throws Exception {
        try (EdgeClient client = new EdgeClient(server.address())) {
            // Given
            client.connect(fixture.token("u1"));
            byte[] zim = "{\"messageID\":\"Z1\",\"type\":1,\"message\":\"hello\"}".getBytes(StandardCharsets.UTF_8);

            // When
            fixture.publish(zim, InApp.LIVE, null);
            fixture.publish(zim, InApp.LIVE, null);
            ClientMessage after = fixture.broadcast("after");

            // Then
            assertThat(client.nextPublication("broadcast")
                            .path("data")
                            .path("messageID")
                            .asText())
                    .isEqualTo("Z1");
            assertThat(uid(client.nextPublication("broadcast"))).isEqualTo(after.messageUID());
        }
    }

    @Test
    void whoComesAfterTheWindowGetsWhatWasKeptAndIsToldWhatIsMissing() throws Exception {
        // Given: a client that was there before all of it
        JsonNode before;
        try (EdgeClient client = new EdgeClient(server.address())) {
            before = channel(client.connect(fixture.token("u1")));
        }
        fixture.broadcast("gone", InApp.WINDOW, null);
        ClientMessage first = fixture.broadcast("first", InApp.KEPT, null);
        ClientMessage second = fixture.broadcast("second", InApp.KEPT, null);
        fixture.broadcast("gone, too", InApp.WINDOW, null);
        awaitKept(first, second);

        try (EdgeClient client = new EdgeClient(server.address());
                EdgeClient fresh = new EdgeClient(server.address())) {
            // When
            JsonNode reply = channel(client.connect(fixture.token("u1"), EdgeTest.recoverFrom(before)));
            JsonNode told = client.nextPublication("broadcast");
            JsonNode toldNext = client.nextPublication("broadcast");
            JsonNode position = client.next().path("push");
            JsonNode freshReply = channel(fresh.connect(fixture.token("u2")));

            // Then
            assertThat(reply.path("recovered").asBoolean()).isFalse();
            assertThat(reply.path("publications")).isEmpty();
            assertThat(reply.path("offset")).isEqualTo(before.path("offset"));
            assertThat(List.of(uid(told), uid(toldNext))).containsExactly(first.messageUID(), second.messageUID());
            assertThat(told.path("offset").asLong())
                    .isLessThan(toldNext.path("offset").asLong());
            assertThat(freshReply.path("recovered").asBoolean()).isTrue();
            assertThat(EdgeTest.uids(freshReply.path("publications")))
                    .containsExactly(first.messageUID(), second.messageUID());

            // Then: it is where a new one is, and misses nothing when it comes back
            assertThat(position.path("channel").asText()).isEqualTo("broadcast");
            JsonNode now = position.path("subscribe");
            assertThat(now.path("offset").asLong())
                    .isGreaterThan(toldNext.path("offset").asLong());
            try (EdgeClient again = new EdgeClient(server.address())) {
                JsonNode back = channel(again.connect(fixture.token("u1"), EdgeTest.recoverFrom(now)));
                assertThat(back.path("recovered").asBoolean()).isTrue();
                assertThat(back.path("publications")).isEmpty();
            }
        }
    }

    @Test
    void whoPollsGetsTheSame() throws Exception {
        // Given
        JsonNode before = pull("");
        fixture.broadcast("gone", InApp.WINDOW, null);
        ClientMessage message = fixture.broadcast("kept", InApp.KEPT, null);
        fixture.broadcast("gone, too", InApp.WINDOW, null);
        fixture.broadcast("now", InApp.LIVE, null);
        awaitKept(message);

        // When
        JsonNode answer = pull("?since=" + before.path("position").asText());
        JsonNode next = pull("?since=" + answer.path("position").asText());

        // Then
        assertThat(answer.path("recovered").asBoolean()).isFalse();
        assertThat(uids(answer)).containsExactly(message.messageUID());
        assertThat(answer.path("more").asBoolean()).isFalse();
        assertThat(next.path("recovered").asBoolean()).isTrue();
        assertThat(uids(next)).isEmpty();
        assertThat(uids(pull(""))).containsExactly(message.messageUID());
    }

    @Test
    void aDeviceWithoutMemoryGetsEachOnce() throws Exception {
        // Given: it was there for the first one, and said so by a pong
        ClientMessage first;
        try (EdgeClient phone = new EdgeClient(server.address())) {
            connect(phone, "phone");
            first = fixture.broadcast("first", InApp.KEPT, null);
            assertThat(uid(phone.nextPublication("broadcast"))).isEqualTo(first.messageUID());
            String key = "fanfare:position:" + fixture.app + ":2:u1:phone";
            await().ignoreExceptions()
                    .until(() -> redis.key().pttl(key) > Duration.ofDays(6).toMillis());
        }
        ClientMessage second = fixture.broadcast("second", InApp.KEPT, null);
        awaitKept(first, second);

        // Then
        try (EdgeClient phone = new EdgeClient(server.address());
                EdgeClient tablet = new EdgeClient(server.address())) {
            assertThat(EdgeTest.uids(connect(phone, "phone").path("publications")))
                    .containsExactly(second.messageUID());
            assertThat(EdgeTest.uids(connect(tablet, "tablet").path("publications")))
                    .containsExactly(first.messageUID(), second.messageUID());
        }
    }

    @Test
    void aNodeThatStartsHasWhatIsKeptThoughTheStreamHasItNoMore() throws Exception {
        // Given
        long before = window.end(fixture.app);
        ClientMessage first = fixture.broadcast("first", InApp.KEPT, null);
        fixture.broadcast("gone", InApp.WINDOW, null);
        ClientMessage back = fixture.broadcast("taken back", InApp.KEPT, null);
        ClientMessage recall = fixture.broadcast("recall", InApp.KEPT, back.messageUID());
        awaitKept(first, recall);
        await().until(() -> keptUids(), List.of(first.messageUID(), recall.messageUID())::equals);
        StreamPosition position = window.catchUp(fixture.app, null, null, 0).position();
        deleteStream();

        // When
        BroadcastWindow started = startAnotherNode();

        // Then
        assertThat(started.catchUp(fixture.app, null, null, Long.MAX_VALUE).broadcasts())
                .extracting(Broadcast::messageUid)
                .containsExactly(first.messageUID(), recall.messageUID());
        assertThat(started.catchUp(fixture.app, null, new StreamPosition(position.epoch(), before + 1), Long.MAX_VALUE)
                        .broadcasts())
                .extracting(Broadcast::messageUid)
                .contains(recall.messageUID())
                .doesNotContain(back.messageUID());
    }

    @Test
    void whatIsTakenBackIsNotFoundAndTheRecallIs() throws Exception {
        try (EdgeClient client = new EdgeClient(server.address())) {
            // Given
            client.connect(fixture.token("u1"));
            ClientMessage message = fixture.broadcast("wrong", InApp.KEPT, null);
            assertThat(uid(client.nextPublication("broadcast"))).isEqualTo(message.messageUID());

            // When
            ClientMessage recall = fixture.broadcast("recall", InApp.KEPT, message.messageUID());

            // Then
            assertThat(uid(client.nextPublication("broadcast"))).isEqualTo(recall.messageUID());
            try (EdgeClient other = new EdgeClient(server.address())) {
                assertThat(EdgeTest.uids(
                                channel(other.connect(fixture.token("u2"))).path("publications")))
                        .containsExactly(recall.messageUID());
            }
            assertThat(uids(pull(""))).containsExactly(recall.messageUID());
            MessageKey key = new MessageKey(fixture.app, message.messageUID());
            await().untilAsserted(() -> {
                assertThat(recalled.of(Set.of(key)).await().atMost(PATIENCE)).containsExactly(key);
                assertThat(keptUids()).containsExactly(recall.messageUID());
            });
        }
    }

    /** The window is over: only these are held. */
    private void awaitKept(ClientMessage... messages) throws Exception {
        List<String> uids =
                List.of(messages).stream().map(ClientMessage::messageUID).toList();
        await().atMost(PATIENCE).until(() -> uids(pull("")), uids::equals);
    }

    private List<String> keptUids() {
        return pool.preparedQuery(
                        "select message_uid from delivery.kept_broadcast where app_key = $1 order by \"offset\"")
                .execute(Tuple.of(fixture.app))
                .map(rows -> {
                    List<String> uids = new ArrayList<>();
                    rows.forEach(row -> uids.add(row.getString(0)));
                    return uids;
                })
                .await()
                .atMost(PATIENCE);
    }

    /** Its retention is over. */
    private void deleteStream() throws Exception {
        String topic = Topic.DELIVERY_STREAM.topicName();
        try (Admin admin = Admin.create(
                Map.of("bootstrap.servers", TestInfrastructure.shared().kafkaBootstrapServers()))) {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .get(topic)
                    .partitions()
                    .forEach(partition ->
                            latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
            Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
            admin.listOffsets(latest)
                    .all()
                    .get()
                    .forEach((partition, end) -> all.put(partition, RecordsToDelete.beforeOffset(end.offset())));
            admin.deleteRecords(all).all().get();
        }
    }

    /** Its window when it is full. */
    private BroadcastWindow startAnotherNode() throws Exception {
        BroadcastStream stream = new BroadcastStream(config, brokers, kept, Tracing.off());
        stream.start(new BroadcastListener() {
                    @Override
                    public void onBroadcast(String appKey) {}

                    @Override
                    public long servedUpTo(String appKey) {
                        return Long.MAX_VALUE;
                    }
                })
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        stream.stop();
        return stream.window();
    }

    private JsonNode connect(EdgeClient client, String device) throws Exception {
        client.send("{\"id\":1,\"connect\":{\"token\":\"" + fixture.token("u1") + "\",\"data\":{\"deviceId\":\""
                + device + "\"}}}");
        return channel(client.next());
    }

    private static JsonNode channel(JsonNode reply) {
        return reply.path("connect").path("subs").path("broadcast");
    }

    private static String uid(JsonNode publication) {
        return publication.path("data").path("messageUID").asText();
    }

    private static List<String> uids(JsonNode answer) {
        List<String> uids = new ArrayList<>();
        answer.path("messages")
                .forEach(message -> uids.add(message.path("messageUID").asText()));
        return uids;
    }

    private JsonNode pull(String query) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + HttpRoutes.PULL_PATH + query);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + fixture.token("puller"))
                .build();
        return Json.mapper()
                .readTree(HTTP.send(request, BodyHandlers.ofString()).body());
    }

    private static String data(UnknownFieldSet publication) {
        return publication.getField(4).getLengthDelimitedList().get(0).toStringUtf8();
    }

    private static long offset(UnknownFieldSet publication) {
        return publication.getField(6).getVarintList().stream().findFirst().orElse(0L);
    }

    /** Speaks Protobuf by the field numbers of the vendor's {@code client.proto}. */
    private final class ProtobufClient implements WebSocket.Listener {

        private final BlockingQueue<UnknownFieldSet> replies = new LinkedBlockingQueue<>();
        private final ByteArrayOutputStream frame = new ByteArrayOutputStream();
        private final WebSocket socket = HTTP.newWebSocketBuilder()
                .subprotocols("centrifuge-protobuf")
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + server.address().getPort() + HttpRoutes.WEBSOCKET_PATH), this)
                .join();

        void connect(String token) throws Exception {
            UnknownFieldSet connect =
                    UnknownFieldSet.newBuilder().addField(1, text(token)).build();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            UnknownFieldSet.newBuilder()
                    .addField(1, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .addField(
                            4,
                            UnknownFieldSet.Field.newBuilder()
                                    .addLengthDelimited(connect.toByteString())
                                    .build())
                    .build()
                    .writeDelimitedTo(out);
            socket.sendBinary(ByteBuffer.wrap(out.toByteArray()), true).join();
            assertThat(next().hasField(5)).isTrue();
        }

        private UnknownFieldSet.Field text(String value) {
            return UnknownFieldSet.Field.newBuilder()
                    .addLengthDelimited(ByteString.copyFromUtf8(value))
                    .build();
        }

        private UnknownFieldSet next() throws InterruptedException {
            UnknownFieldSet reply = replies.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(reply).isNotNull();
            return reply;
        }

        UnknownFieldSet nextPublication() throws Exception {
            ByteString push = next().getField(4).getLengthDelimitedList().get(0);
            return UnknownFieldSet.parseFrom(UnknownFieldSet.parseFrom(push)
                    .getField(4)
                    .getLengthDelimitedList()
                    .get(0));
        }

        void close() {
            socket.abort();
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            frame.writeBytes(bytes);
            if (last) {
                read(frame.toByteArray());
                frame.reset();
            }
            webSocket.request(1);
            return null;
        }

        private void read(byte[] message) {
            ByteArrayInputStream in = new ByteArrayInputStream(message);
            try {
                while (in.available() > 0) {
                    UnknownFieldSet.Builder reply = UnknownFieldSet.newBuilder();
                    reply.mergeDelimitedFrom(in);
                    if (!reply.asMap().isEmpty()) {
                        replies.add(reply.build());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
