package dev.fanfare.delivery.security;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.delivery.edge.EdgeClient;
import dev.fanfare.delivery.edge.EdgeFixture;
import dev.fanfare.delivery.edge.EdgeServer;
import dev.fanfare.testkit.infra.SecuredInfrastructureResource;
import dev.fanfare.testkit.infra.TestKafka;
import dev.fanfare.testkit.tls.TestAuthority;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.net.SocketFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node with the keys of docs/security.md, section TLS, beside servers that take nothing else. */
@QuarkusTest
@QuarkusTestResource(value = SecuredInfrastructureResource.class, restrictToAnnotatedClass = true)
class SecuredInfrastructureTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String USER = "tom";

    @Inject
    EdgeServer server;

    @Inject
    Pool pool;

    @Inject
    RedisDataSource redis;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    @BeforeEach
    void awaitReadiness() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void aMessageGoesThroughAllThree() throws Exception {
        try (TestKafka broker = new TestKafka(kafka);
                EdgeFixture fixture = new EdgeFixture(broker);
                EdgeClient client = new EdgeClient(server.address())) {
            // Given
            client.connect(fixture.token(USER));
            await().until(() -> redis.key().exists("fanfare:presence:user:" + fixture.app + ":" + USER));
            String uid = UUID.randomUUID().toString();

            // When
            broker.send(direct(fixture.app, uid));

            // Then
            assertThat(firstMessage(client)).isEqualTo(uid);
            assertThat(inbox(fixture.app)).containsExactly(uid);
            assertThat(broker.await(Topic.DELIVERY_OUTCOME, 2, record -> isOf(record, uid)))
                    .extracting(record ->
                            TestKafka.valueOf(record, DeliveryOutcome.class).outcome())
                    .containsExactly(Kind.STORED, Kind.DELIVERED);
        }
    }

    @Test
    void kafkaTakesNobodyWithoutTlsOrWithAWrongPassword() {
        // Given
        String wrong = kafka.get("sasl.jaas.config").toString().replace("password=\"", "password=\"not-");

        // When
        var plain = assertThatThrownBy(() -> clusterId(Map.of("security.protocol", "PLAINTEXT")));
        var stranger = assertThatThrownBy(() -> clusterId(Map.of("sasl.jaas.config", wrong)));

        // Then
        plain.hasCauseInstanceOf(TimeoutException.class);
        stranger.hasCauseInstanceOf(SaslAuthenticationException.class);
    }

    @Test
    void postgresTakesNobodyWithoutTlsOrWithAWrongPassword() {
        // Given
        String url = "jdbc:" + configured("quarkus.datasource.reactive.url");
        String user = configured("quarkus.datasource.username");
        String password = configured("quarkus.datasource.password");

        // When
        var plain = assertThatThrownBy(() -> DriverManager.getConnection(url + "?sslmode=disable", user, password));
        var stranger = assertThatThrownBy(() -> DriverManager.getConnection(url + "?sslmode=require", user, "wrong"));

        // Then
        plain.hasMessageContaining("no encryption");
        stranger.hasMessageContaining("password authentication failed");
    }

    @Test
    void redisTakesNobodyWithoutTlsOrWithoutPasswordAndHasNothingElseForTheUser() throws Exception {
        // Given
        String user = "AUTH " + redis().getUserInfo().replace(':', ' ');

        // When
        var plain = assertThatThrownBy(() -> askRedis(SocketFactory.getDefault(), "PING"));
        SocketFactory tls = TestAuthority.trusting(Path.of(configured("quarkus.redis.tls.trust-certificate-pem.certs")))
                .getSocketFactory();
        List<String> stranger = askRedis(tls, "PING");
        List<String> known = askRedis(tls, user, "GET fanfare:a", "GET other:a");

        // Then
        plain.isInstanceOf(IOException.class);
        assertThat(stranger).containsExactly("-NOAUTH Authentication required.");
        assertThat(known.subList(0, 2)).containsExactly("+OK", "$-1");
        assertThat(known.get(2)).startsWith("-NOPERM");
    }

    /** Not injected: this class is a bean of all tests' applications, and others are not configured so. */
    private static String configured(String key) {
        return ConfigProvider.getConfig().getValue(key, String.class);
    }

    private static URI redis() {
        return URI.create(configured("quarkus.redis.hosts"));
    }

    private static ProducerRecord<String, byte[]> direct(String app, String uid) {
        ClientMessage message = new ClientMessage(
                uid, ConversationType.SYSTEM, "sys", "sys", "RC:TxtMsg", "{}", System.currentTimeMillis(), null);
        DirectDelivery delivery =
                new DirectDelivery(app, DeliveryPolicy.ONLINE_ELSE_PUSH, List.of(USER), message, null);
        return new ProducerRecord<>(Topic.DELIVERY_DIRECT.topicName(), app, Json.write(delivery));
    }

    /** Its messageUID. Before it the client is told where its inbox begins. */
    private static String firstMessage(EdgeClient client) throws InterruptedException {
        assertThat(client.next().at("/push/subscribe").isObject()).isTrue();
        return client.next().at("/push/pub/data/messageUID").asText();
    }

    private static boolean isOf(ConsumerRecord<String, byte[]> record, String uid) {
        return new String(record.value(), StandardCharsets.UTF_8).contains(uid);
    }

    private List<String> inbox(String app) {
        return pool
                .preparedQuery("select message_uid from delivery.inbox_message where app_key = $1 and user_id = $2")
                .execute(Tuple.of(app, USER))
                .await()
                .atMost(PATIENCE)
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    /** As the service's clients ask, but for what is given here. */
    private String clusterId(Map<String, Object> other) throws Exception {
        Map<String, Object> client = new HashMap<>(kafka);
        client.putAll(Map.of("request.timeout.ms", 1_000, "default.api.timeout.ms", 2_000));
        client.putAll(other);
        try (Admin admin = Admin.create(client)) {
            return admin.describeCluster().clusterId().get();
        }
    }

    /** The first line of each answer. */
    private static List<String> askRedis(SocketFactory sockets, String... commands) throws IOException {
        try (Socket socket = sockets.createSocket("127.0.0.1", redis().getPort());
                var answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            List<String> lines = new ArrayList<>();
            for (String command : commands) {
                socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
                String line = answers.readLine();
                if (line == null || !line.matches("[-+$].*")) {
                    throw new IOException("no answer of Redis: " + line);
                }
                lines.add(line);
            }
            return lines;
        }
    }
}
