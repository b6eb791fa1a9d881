package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.UserAccess;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.WrittenRecords;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@GatewayTest
class UserBlocksTest {

    private static final String BLOCK = "/user/block.json";
    private static final String UNBLOCK = "/user/unblock.json";
    private static final String QUERY = "/user/block/query.json";
    private static final String EXPIRE = "/user/token/expire.json";
    private static final Form TOM = Form.of("userId", "tom");

    private BackEnd app;

    @BeforeEach
    void createApp() {
        app = BackEnd.create();
    }

    @Test
    void blockTellsTheDeliveryNodes() {
        // Given
        Instant now = Instant.now();

        // When
        Answer answer = app.post(BLOCK, TOM.and("userId", "rose").and("minute", 30));

        // Then
        answer.isSuccessWith(Map.of());
        assertThat(written()).extracting(UserAccess::userId).containsExactlyInAnyOrder("tom", "rose");
        assertThat(written()).allSatisfy(access -> {
            assertThat(Instant.ofEpochMilli(access.blockedUntil()))
                    .isCloseTo(now.plus(Duration.ofMinutes(30)), within(20, ChronoUnit.SECONDS));
            assertThat(access.tokensInvalidBefore()).isZero();
        });
    }

    @Test
    void aBlockWorksFromTheRecordOfTheUserOnward() {
        // When
        app.post(BLOCK, TOM.and("minute", 30)).isSuccess();

        // Then
        try (WrittenRecords records = new WrittenRecords()) {
            assertThat(records.all(Topic.USER_ACCESS, app))
                    .extracting(ConsumerRecord::key)
                    .containsExactly(RecordKey.ofUser(app.appKey(), "tom"));
        }
    }

    @Test
    void aLaterBlockReplacesTheEarlierOne() {
        // Given
        app.post(BLOCK, TOM.and("minute", 43_200)).isSuccess();

        // When
        app.post(BLOCK, TOM.and("minute", 1)).isSuccess();

        // Then
        assertThat(lastWritten("tom").blockedUntil())
                .isLessThan(Instant.now().plus(Duration.ofMinutes(2)).toEpochMilli());
    }

    @Test
    void unblockTakesItBack() {
        // Given
        app.post(BLOCK, TOM.and("minute", 30)).isSuccess();

        // When
        Answer answer = app.post(UNBLOCK, TOM);

        // Then
        answer.isSuccessWith(Map.of());
        assertThat(lastWritten("tom").blockedUntil()).isZero();
        assertThat(users(app.post(QUERY, Form.of("page", 1)))).isEmpty();
    }

    @Test
    void blockAndExpiryDoNotLoseEachOther() {
        // Given
        app.post(EXPIRE, TOM.and("time", 1_700_000_000_000L)).isSuccess();

        // When
        app.post(BLOCK, TOM.and("minute", 30)).isSuccess();
        UserAccess blocked = lastWritten("tom");
        app.post(EXPIRE, TOM.and("time", 1_700_000_000_001L)).isSuccess();
        UserAccess expired = lastWritten("tom");
        app.post(UNBLOCK, TOM).isSuccess();

        // Then
        UserAccess unblocked = lastWritten("tom");
        assertThat(blocked.tokensInvalidBefore()).isEqualTo(1_700_000_000_000L);
        assertThat(expired.blockedUntil()).isEqualTo(blocked.blockedUntil()).isPositive();
        assertThat(unblocked.tokensInvalidBefore()).isEqualTo(1_700_000_000_001L);
        assertThat(List.of(blocked, expired, unblocked))
                .isSortedAccordingTo(Comparator.comparingLong(UserAccess::version));
        assertThat(unblocked.version()).isGreaterThan(expired.version());
    }

    @Test
    void whatIsWrittenLastIsTheNewestWhoeverWritesIt() {
        // Given
        app.change(Map.of("limits", Map.of("user/block", 1000, "user/unblock", 1000)));
        ExecutorService backEnds = Executors.newFixedThreadPool(8);
        try {
            // When
            CompletableFuture.allOf(IntStream.range(0, 200)
                            .mapToObj(i -> CompletableFuture.runAsync(
                                    () -> (i % 5 == 0 ? app.post(UNBLOCK, TOM) : app.post(BLOCK, TOM.and("minute", i)))
                                            .isSuccess(),
                                    backEnds))
                            .toArray(CompletableFuture[]::new))
                    .join();
        } finally {
            backEnds.shutdown();
        }

        // Then
        List<UserAccess> all = written();
        List<Long> versions =
                all.stream().map(UserAccess::version).distinct().sorted().toList();
        assertThat(versions).hasSize(200);
        assertThat(all.get(all.size() - 1).version()).isEqualTo(versions.get(199));
    }

    @Test
    void changesOfTheSameUsersInAnotherOrderDoNotHinderEachOther() {
        // Given
        Form there = TOM.and("userId", "rose").and("userId", "ann").and("minute", 5);
        Form back = Form.of("userId", "ann")
                .and("userId", "rose")
                .and("userId", "tom")
                .and("minute", 5);
        ExecutorService backEnds = Executors.newFixedThreadPool(8);
        try {
            // When
            List<CompletableFuture<Answer>> answers = IntStream.range(0, 80)
                    .mapToObj(i ->
                            CompletableFuture.supplyAsync(() -> app.post(BLOCK, i % 2 == 0 ? there : back), backEnds))
                    .toList();

            // Then
            assertThat(answers).allSatisfy(answer -> answer.join().isSuccess());
        } finally {
            backEnds.shutdown();
        }
    }

    @Test
    void queryShowsTheLongestBlockFirst() {
        // Given
        app.post(BLOCK, TOM.and("minute", 10)).isSuccess();
        app.post(BLOCK, Form.of("userId", "rose").and("minute", 43_200)).isSuccess();
        app.post(BLOCK, Form.of("userId", "ann").and("minute", 60)).isSuccess();
        BackEnd other = BackEnd.create();
        other.post(BLOCK, Form.of("userId", "theirs").and("minute", 60)).isSuccess();

        // When: as the vendor's SDKs ask
        Answer answer = app.post(QUERY, BackEnd.FORM, "");

        // Then
        assertThat(users(answer)).containsExactly("rose", "ann", "tom");
        JsonNode rose = answer.body().path("users").get(0);
        assertThat(rose.fieldNames()).toIterable().containsExactly("userId", "blockEndTime");
        assertThat(LocalDateTime.parse(
                        rose.path("blockEndTime").asText(), DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")))
                .isCloseTo(LocalDateTime.now(Clock.systemUTC()).plusDays(30), within(20, ChronoUnit.SECONDS));
    }

    @ParameterizedTest
    @CsvSource({
        "page=1&size=2, d c",
        "page=2&size=2, b a",
        "page=3&size=2, ''",
        "page=1, d c b a",
        "page=2147483647&size=1000, ''",
        "page=0&size=1, d c b a",
        "size=1, d c b a",
    })
    void queryHasPages(String query, String expected) {
        // Given
        List.of("a", "b", "c", "d")
                .forEach(user -> app.post(BLOCK, Form.of("userId", user).and("minute", 10 + user.charAt(0)))
                        .isSuccess());

        // When
        Answer answer = app.post(QUERY, BackEnd.FORM, query);

        // Then
        assertThat(String.join(" ", users(answer))).isEqualTo(expected);
    }

    @Test
    void aBlockEndsByItself() throws Exception {
        // Given
        app.post(BLOCK, TOM.and("minute", 1)).isSuccess();
        TestInfrastructure infrastructure = TestInfrastructure.shared();
        try (Connection connection = DriverManager.getConnection(
                        infrastructure.postgresJdbcUrl(),
                        infrastructure.postgresUser(),
                        infrastructure.postgresPassword());
                PreparedStatement minuteLater = connection.prepareStatement(
                        "update gateway.user_access set blocked_until = blocked_until - 60000 where app_key = ?")) {
            minuteLater.setString(1, app.appKey());
            assertThat(minuteLater.executeUpdate()).isEqualTo(1);
        }

        // When
        Answer answer = app.post(QUERY, BackEnd.FORM, "");

        // Then
        assertThat(users(answer)).isEmpty();
    }

    @Test
    void whoNeverGotATokenCanBeBlockedAndIsStillNoUser() {
        // When
        app.post(BLOCK, Form.of("userId", "stranger").and("minute", 5)).isSuccess();

        // Then
        assertThat(users(app.post(QUERY, BackEnd.FORM, ""))).containsExactly("stranger");
        app.post("/user/info.json", Form.of("userId", "stranger"))
                .isRefused(400, 1002)
                .says("no such user");
    }

    @Test
    void aBlockedUserStillGetsTokens() {
        // Given
        app.post(BLOCK, TOM.and("minute", 5)).isSuccess();

        // When
        Answer answer = app.post("/user/getToken.json", TOM);

        // Then
        assertThat(answer.isSuccess().body().path("token").asText()).isNotEmpty();
        assertThat(users(app.post(QUERY, BackEnd.FORM, ""))).containsExactly("tom");
    }

    private UserAccess lastWritten(String user) {
        return written().stream()
                .filter(access -> access.userId().equals(user))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    /** In the order of each user. */
    private List<UserAccess> written() {
        try (WrittenRecords records = new WrittenRecords()) {
            return records.all(Topic.USER_ACCESS, app).stream()
                    .map(record -> TestKafka.valueOf(record, UserAccess.class))
                    .toList();
        }
    }

    private static List<String> users(Answer answer) {
        return answer.isSuccess().body().path("users").findValuesAsText("userId");
    }
}
