package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.RegisteredUser;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.WrittenRecords;
import dev.fanfare.gateway.fixture.ZimAnswer;
import dev.fanfare.gateway.fixture.ZimBackEnd;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers see while Kafka, Redis or PostgreSQL is away, and when it is back. */
@GatewayTest
class OutageTest {

    private static final Duration PROMISE = Duration.ofSeconds(5);
    private static final Duration RECOVERY = Duration.ofSeconds(30);
    private static final String GET_TOKEN = "/user/getToken.json";
    private static final String TO_ALL = "SendMessageToAllUsers";
    private static final Map<String, ?> ALL =
            Map.of("FromUserId", "u1", "MessageType", 1, "MessageBody", Map.of("Message", "hello"));
    private static final Form TOM = Form.of("userId", "tom");

    private final TestInfrastructure infrastructure = TestInfrastructure.shared();
    private BackEnd app;

    @BeforeEach
    void createApp() {
        app = BackEnd.create();
        app.post(Calls.BROADCAST, Calls.broadcast()).isSuccess();
    }

    @Test
    void withoutKafkaNothingIsAccepted() {
        // Given
        ZimBackEnd zim =
                ZimBackEnd.create().with("u1").change(Map.of("limits", Map.of("zim/SendMessageToAllUsers:day", 1)));
        infrastructure.stopKafka();
        try {
            // When
            Answer message = withinPromise(() -> app.postOnce("key", Calls.BROADCAST, Calls.broadcast()));
            Answer expiry = withinPromise(() -> app.post("/user/token/expire.json", TOM.and("time", 1)));

            Answer block = withinPromise(() -> app.post("/user/block.json", TOM.and("minute", 1)));

            ZimAnswer zimToAll = zim.post(TO_ALL, ALL);
            Answer toAll = withinPromise(() -> app.post(Calls.ALL_USERS, Calls.broadcast()));

            // Then
            zimToAll.isRefused(1).says("Kafka");
            message.isRefused(504, 1050).says("Kafka");
            toAll.isRefused(504, 1050).says("Kafka");
            assertThat(toAll.header("RateLimit-Remaining")).isEqualTo("2");
            expiry.isRefused(504, 1050).says("Kafka");
            block.isRefused(504, 1050).says("Kafka");
            withinPromise(() -> app.post(GET_TOKEN, TOM)).isSuccess();
            withinPromise(() -> app.postJson("/user/tag/set.json", Map.of("userId", "tom", "tags", List.of("gold"))))
                    .isSuccess();
        } finally {
            infrastructure.startKafka();
        }
        Awaitility.await()
                .atMost(RECOVERY)
                .until(() ->
                        app.postOnce("key", Calls.BROADCAST, Calls.broadcast()).code() == 200);
        zim.post(TO_ALL, ALL).isSuccess();
        try (WrittenRecords records = new WrittenRecords()) {
            assertThat(records.all(Topic.BROADCAST_COMMAND, app)).hasSize(2);
            Awaitility.await().atMost(RECOVERY).untilAsserted(() -> {
                List<ConsumerRecord<String, byte[]>> users = records.all(Topic.USER_REGISTERED, app);
                assertThat(users).isNotEmpty();
                assertThat(TestKafka.valueOf(users.get(users.size() - 1), RegisteredUser.class)
                                .tags())
                        .containsExactly("gold");
            });
        }
    }

    @Test
    void withoutRedisCallsGoOnAndAreLimitedByThisGateway() {
        // Given
        app.change(Map.of("limits", Map.of("message/online/broadcast", 2)));
        infrastructure.stopRedis();
        try {
            // When
            Answer first = app.postOnce("key", Calls.BROADCAST, Calls.broadcast());
            Answer second = app.postOnce("key", Calls.BROADCAST, Calls.broadcast());
            Answer third = app.post(Calls.BROADCAST, Calls.broadcast());

            // Then
            assertThat(first.isSuccess().header("RateLimit-Remaining")).isEqualTo("1");
            assertThat(second.isSuccess().header("Idempotent-Replay")).isNull();
            third.isRefused(429, 1008);
            assertThat(BackEnd.gatewayIsReady()).isTrue();
        } finally {
            infrastructure.startRedis();
        }
        BackEnd other = BackEnd.create();
        Awaitility.await()
                .atMost(RECOVERY)
                .until(() -> other.postOnce("key", Calls.SYSTEM, Calls.system()).header("Idempotent-Replay") != null);
    }

    @Test
    void withoutPostgresKnownAppsGoOn() {
        // Given
        BackEnd unknown = new BackEnd("app-of-tomorrow", "secret");
        ZimBackEnd zim = ZimBackEnd.create().with("u1");
        infrastructure.stopPostgres();
        try {
            // When
            Answer message = app.post(Calls.BROADCAST, Calls.broadcast());
            Answer personal = withinPromise(() -> app.post(Calls.SYSTEM, Calls.system()));
            Answer token = withinPromise(() -> app.post(GET_TOKEN, TOM));
            Answer administration = withinPromise(() -> BackEnd.admin("POST", "", Map.of()));

            Answer block = withinPromise(() -> app.post("/user/block.json", TOM.and("minute", 1)));
            ZimAnswer toAll = zim.post(TO_ALL, ALL);

            // Then
            toAll.isRefused(1).says("PostgreSQL");
            message.isSuccess();
            personal.isSuccess();
            token.isRefused(504, 1050).says("PostgreSQL");
            block.isRefused(504, 1050).says("PostgreSQL");
            assertThat(administration.status()).isEqualTo(503);
            Awaitility.await().untilAsserted(() -> unknown.post(GET_TOKEN, TOM).isRefused(504, 1050));
            assertThat(BackEnd.gatewayIsReady()).isTrue();
        } finally {
            infrastructure.startPostgres();
        }
        Awaitility.await().atMost(RECOVERY).until(() -> app.post(GET_TOKEN, TOM).code() == 200);
        Awaitility.await().untilAsserted(() -> unknown.post(GET_TOKEN, TOM).isRefused(400, 1002));
    }

    private static Answer withinPromise(Supplier<Answer> call) {
        Instant start = Instant.now();
        Answer answer = call.get();
        assertThat(Duration.between(start, Instant.now())).isLessThan(PROMISE);
        return answer;
    }
}
