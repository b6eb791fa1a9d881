package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.RegisteredUser;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.WrittenRecords;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is a user, and with which tags, as the topic says it from which audiences are made. */
@GatewayTest
class RegisteredUsersTest {

    private static final String GET_TOKEN = "/user/getToken.json";
    private static final String TAG = "/user/tag/set.json";
    private static final String TAG_MANY = "/user/tag/batch/set.json";
    private static final String TAGS = "/user/tags/get.json";
    private static final Form TOM = Form.of("userId", "tom").and("name", "Tom");

    private BackEnd app;

    @BeforeEach
    void createApp() {
        app = BackEnd.create();
    }

    @Test
    void whoGetsATokenIsAUser() {
        // Given
        long before = Clock.systemUTC().millis();

        // When
        app.post(GET_TOKEN, TOM).isSuccess();

        // Then
        List<ConsumerRecord<String, byte[]>> records = written();
        assertThat(records).hasSize(1);
        assertThat(records.get(0).key()).isEqualTo(RecordKey.ofUser(app.appKey(), "tom"));
        RegisteredUser tom = TestKafka.valueOf(records.get(0), RegisteredUser.class);
        assertThat(tom).isEqualTo(new RegisteredUser(app.appKey(), "tom", null, tom.registeredAt(), tom.version()));
        assertThat(tom.registeredAt()).isBetween(before, Clock.systemUTC().millis());
        assertThat(tom.version()).isPositive();
    }

    @Test
    void whatChangesNothingOfTheRecordIsNotWritten() {
        // Given
        app.post(GET_TOKEN, TOM).isSuccess();

        // When
        app.post(GET_TOKEN, TOM.with("name", "Thomas")).isSuccess();
        app.post("/user/refresh.json", TOM).isSuccess();
        tag("tom", List.of()).isSuccess();

        // Then
        assertThat(written()).hasSize(1);
    }

    @Test
    void tagsAreWrittenWithTheWholeUser() {
        // Given
        app.post(GET_TOKEN, TOM).isSuccess();

        // When
        tag("tom", List.of("gold", "男", "gold")).isSuccessWith(Map.of());
        tag("tom", List.of("gold", "男")).isSuccess();

        // Then
        List<RegisteredUser> users = users();
        assertThat(users).hasSize(2);
        assertThat(users.get(1).tags()).containsExactly("gold", "男");
        assertThat(users.get(1).registeredAt()).isEqualTo(users.get(0).registeredAt());
        assertThat(users.get(1).version()).isGreaterThan(users.get(0).version());
    }

    @Test
    void tagsReplaceTagsAndAnEmptyListTakesThemAway() {
        // Given
        List.of("tom", "rose", "ann")
                .forEach(user -> app.post(GET_TOKEN, Form.of("userId", user)).isSuccess());

        // When
        app.postJson(TAG_MANY, Map.of("userIds", List.of("tom", "rose", "tom"), "tags", List.of("a", "b")))
                .isSuccessWith(Map.of());
        tag("rose", List.of("c")).isSuccess();
        tag("tom", List.of()).isSuccess();

        // Then
        app.post(TAGS, Form.of("userIds", "rose").and("userIds", "tom").and("userIds", "stranger"))
                .isSuccessWith(Map.of("result", Map.of("rose", List.of("c"), "tom", List.of(), "stranger", List.of())));
        assertThat(lastOf("tom").tags()).isNull();
        assertThat(lastOf("rose").tags()).containsExactly("c");
        assertThat(lastOf("ann").tags()).isNull();
    }

    @Test
    void theMostTagsAndTheMostUsersOfAQuestionPass() {
        // Given
        app.post(GET_TOKEN, TOM).isSuccess();
        List<String> most =
                IntStream.range(10, 30).mapToObj(i -> "汤".repeat(62) + i).toList();

        // When
        tag("tom", most).isSuccess();

        // Then
        app.post(TAGS, Form.of("userIds", "tom").withMany("userIds", 49).and("userIds", "tom"))
                .isSuccess();
        assertThat(lastOf("tom").tags()).isEqualTo(most);
    }

    @Test
    void aBatchIsCarriedOutWholeOrNotAtAll() {
        // Given
        app.post(GET_TOKEN, TOM).isSuccess();

        // When
        Answer answer = app.postJson(TAG_MANY, Map.of("userIds", List.of("tom", "stranger"), "tags", List.of("a")));

        // Then
        answer.isRefused(400, 1002).says("never got a token");
        app.post(TAGS, Form.of("userIds", "tom")).isSuccessWith(Map.of("result", Map.of("tom", List.of())));
        assertThat(written()).hasSize(1);
    }

    @Test
    void whoIsForgottenIsNoUser() throws Exception {
        // Given
        app.post(GET_TOKEN, TOM).isSuccess();
        tag("tom", List.of("gold")).isSuccess();
        RegisteredUser before = lastOf("tom");

        // When
        forget("tom").isSuccessWith(Map.of());

        // Then
        List<ConsumerRecord<String, byte[]>> records = written();
        assertThat(records.get(records.size() - 1).value()).isNull();
        app.post("/user/info.json", TOM).isRefused(400, 1002);
        app.post("/user/refresh.json", TOM).isRefused(400, 1002);
        tag("tom", List.of("silver")).isRefused(400, 1002);
        app.post(TAGS, Form.of("userIds", "tom")).isSuccessWith(Map.of("result", Map.of("tom", List.of())));
        assertThat(rows()).isZero();

        // When
        app.post(GET_TOKEN, TOM).isSuccess();

        // Then
        assertThat(lastOf("tom").tags()).isNull();
        assertThat(lastOf("tom").version()).isGreaterThan(before.version());
    }

    @Test
    void whoIsNoUserCanBeForgotten() {
        // When
        forget("stranger").isSuccessWith(Map.of());

        // Then
        assertThat(written()).isEmpty();
    }

    /** Two changes may be written in another order than they were stored; what is written last must be the newest. */
    @Test
    void whateverHappensAtOnceTheLastRecordIsTheNewest() {
        // Given
        app.change(Map.of("limits", Map.of("user/getToken", 1000, "user/tag/set", 1000, "fanfare/v1/users", 1000)));
        ExecutorService backEnds = Executors.newFixedThreadPool(8);
        try {
            // When
            List<CompletableFuture<Answer>> answers = IntStream.range(0, 240)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> switch (i % 4) {
                                case 0 -> forget("tom");
                                case 1 -> app.post(GET_TOKEN, TOM);
                                default -> tag("tom", List.of("t" + i));
                            },
                            backEnds))
                    .toList();
            answers.forEach(CompletableFuture::join);
        } finally {
            backEnds.shutdown();
        }

        // Then
        Answer tags = app.post(TAGS, Form.of("userIds", "tom"));
        boolean isUser = app.post("/user/info.json", TOM).code() == 200;
        List<ConsumerRecord<String, byte[]>> records = written();
        ConsumerRecord<String, byte[]> last = records.get(records.size() - 1);
        assertThat(last.value() != null).isEqualTo(isUser);
        if (isUser) {
            List<String> inTopic = TestKafka.valueOf(last, RegisteredUser.class).tags();
            tags.isSuccessWith(Map.of("result", Map.of("tom", inTopic == null ? List.of() : inTopic)));
        }
    }

    @Test
    void whoIsInNoTopicYetIsSweptInto() throws Exception {
        // Given
        try (Connection connection = postgres();
                PreparedStatement insert = connection.prepareStatement(
                        """
                        insert into gateway.app_user
                          (app_key, user_id, name, portrait_uri, created_at, version, published_version, removed)
                        select ?, 'old' || n, '', '', now(), 1, 0, n > 1100 from generate_series(1, 1101) as n
                        """)) {
            insert.setString(1, app.appKey());
            insert.executeUpdate();
        }

        // When / Then
        Awaitility.await().until(() -> written().size() == 1101);
        assertThat(written().stream().filter(record -> record.value() == null).map(ConsumerRecord::key))
                .containsExactly(RecordKey.ofUser(app.appKey(), "old1101"));
        Awaitility.await().until(() -> rows() == 1100);
    }

    private Answer tag(String user, List<String> tags) {
        return app.postJson(TAG, Map.of("userId", user, "tags", tags));
    }

    private Answer forget(String user) {
        HttpRequest request =
                app.signed("/fanfare/v1/users/" + user, "").DELETE().build();
        return BackEnd.send(request);
    }

    private RegisteredUser lastOf(String user) {
        return users().stream()
                .filter(record -> record.userId().equals(user))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private List<RegisteredUser> users() {
        return written().stream()
                .filter(record -> record.value() != null)
                .map(record -> TestKafka.valueOf(record, RegisteredUser.class))
                .toList();
    }

    /** In the order of each user. */
    private List<ConsumerRecord<String, byte[]>> written() {
        try (WrittenRecords records = new WrittenRecords()) {
            return records.all(Topic.USER_REGISTERED, app);
        }
    }

    private int rows() throws Exception {
        try (Connection connection = postgres();
                PreparedStatement count =
                        connection.prepareStatement("select count(*) from gateway.app_user where app_key = ?")) {
            count.setString(1, app.appKey());
            try (ResultSet found = count.executeQuery()) {
                found.next();
                return found.getInt(1);
            }
        }
    }

    private static Connection postgres() throws Exception {
        TestInfrastructure infrastructure = TestInfrastructure.shared();
        return DriverManager.getConnection(
                infrastructure.postgresJdbcUrl(), infrastructure.postgresUser(), infrastructure.postgresPassword());
    }
}
