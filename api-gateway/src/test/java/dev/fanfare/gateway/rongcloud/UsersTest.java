package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.token.TokenKeys;
import dev.fanfare.contracts.token.UserTokens;
import dev.fanfare.contracts.token.UserTokens.Verdict;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.UserAccess;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.WrittenRecords;
import dev.fanfare.testkit.infra.TestKafka;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@GatewayTest
class UsersTest {

    private static final String GET_TOKEN = "/user/getToken.json";

    private BackEnd app;

    @BeforeEach
    void createApp() {
        app = BackEnd.create();
    }

    @Test
    void getTokenGivesATokenThatTheClientEdgeTakes() {
        // When
        Answer answer = app.post(GET_TOKEN, tom());

        // Then
        String token = answer.body().path("token").asText();
        answer.isSuccessWith(Map.of("userId", "tom", "token", token));
        String key = ConfigProvider.getConfig().getValue("fanfare.tokens.keys.t1", String.class);
        var edge = new UserTokens(new TokenKeys("t1", Map.of("t1", Secret.of(key))), Clock.systemUTC());
        assertThat(edge.verify(token)).isInstanceOfSatisfying(Verdict.Valid.class, valid -> {
            assertThat(valid.appKey()).isEqualTo(app.appKey());
            assertThat(valid.userId()).isEqualTo("tom");
        });
    }

    @Test
    void infoShowsWhatTheLastGetTokenSaid() {
        // Given
        app.post(GET_TOKEN, Form.of("userId", "tom").and("name", "Somebody else"))
                .isSuccess();
        app.post(GET_TOKEN, tom()).isSuccess();

        // When
        Answer answer = app.post("/user/info.json", Form.of("userId", "tom"));

        // Then
        String created = answer.body().path("createTime").asText();
        answer.isSuccessWith(Map.of(
                "userName", "Tom Müller 汤姆", "userPortrait", "https://example.com/tom.png", "createTime", created));
        assertThat(LocalDateTime.parse(created, DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss")))
                .isAfter(LocalDateTime.now(Clock.systemUTC()).minusMinutes(1));
    }

    @Test
    void refreshChangesWhatItNames() {
        // Given
        app.post(GET_TOKEN, tom()).isSuccess();

        // When
        Answer answer = app.post("/user/refresh.json", Form.of("userId", "tom").and("name", "Thomas"));

        // Then
        answer.isSuccessWith(Map.of());
        Answer info = app.post("/user/info.json", Form.of("userId", "tom"));
        assertThat(info.body().path("userName").asText()).isEqualTo("Thomas");
        assertThat(info.body().path("userPortrait").asText()).isEqualTo("https://example.com/tom.png");
    }

    @Test
    void whoNeverGotATokenIsNoUser() {
        // Given
        Form stranger = Form.of("userId", "stranger").and("name", "X");

        for (String path : List.of("/user/info.json", "/user/refresh.json")) {
            // When
            Answer answer = app.post(path, stranger);

            // Then
            answer.isRefused(400, 1002).says("no such user");
        }
    }

    @Test
    void usersBelongToTheirApp() {
        // Given
        app.post(GET_TOKEN, tom()).isSuccess();

        // When
        Answer answer = BackEnd.create().post("/user/info.json", Form.of("userId", "tom"));

        // Then
        answer.isRefused(400, 1002);
    }

    @Test
    void checkOnlineSaysSoInAString() {
        // When
        Answer online = app.post("/user/checkOnline.json", Form.of("userId", "online/ 汤姆?"));
        Answer offline = app.post("/user/checkOnline.json", Form.of("userId", "tom"));

        // Then
        online.isSuccessWith(Map.of("status", "1"));
        offline.isSuccessWith(Map.of("status", "0"));
    }

    @Test
    void checkOnlineSaysWhenItDoesNotKnow() {
        for (String user : List.of("away", "silent")) {
            // When
            Answer answer = app.post("/user/checkOnline.json", Form.of("userId", user));

            // Then
            answer.isRefused(504, 1050);
        }
    }

    @Test
    void expireTellsTheDeliveryNodes() {
        // Given
        app.post(GET_TOKEN, tom()).isSuccess();

        try (WrittenRecords records = new WrittenRecords()) {
            // When
            Answer answer = app.post(
                    "/user/token/expire.json",
                    Form.of("userId", "tom").and("userId", "rose,ann").and("time", 1_700_000_000_000L));

            // Then
            answer.isSuccessWith(Map.of());
            assertThat(records.all(Topic.USER_ACCESS, app))
                    .extracting(record -> TestKafka.valueOf(record, UserAccess.class))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("version")
                    .containsExactlyInAnyOrder(access("tom"), access("rose"), access("ann"));
            assertThat(records.all(Topic.USER_ACCESS, app))
                    .extracting(record -> record.key())
                    .contains(RecordKey.ofUser(app.appKey(), "tom"));
        }
    }

    @Test
    void expireNeverMakesATokenGoodAgain() {
        // Given
        app.post(GET_TOKEN, tom()).isSuccess();
        Form expiry = Form.of("userId", "tom");
        app.post("/user/token/expire.json", expiry.and("time", 1_700_000_000_000L))
                .isSuccess();

        try (WrittenRecords records = new WrittenRecords()) {
            // When
            app.post("/user/token/expire.json", expiry.and("time", 1_600_000_000_000L))
                    .isSuccess();

            // Then
            assertThat(records.all(Topic.USER_ACCESS, app))
                    .extracting(record -> TestKafka.valueOf(record, UserAccess.class))
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("version")
                    .containsExactly(access("tom"), access("tom"));
        }
    }

    private UserAccess access(String user) {
        return new UserAccess(app.appKey(), user, 1_700_000_000_000L, 0, 0);
    }

    private static Form tom() {
        return Form.of("userId", "tom").and("name", "Tom Müller 汤姆").and("portraitUri", "https://example.com/tom.png");
    }
}
