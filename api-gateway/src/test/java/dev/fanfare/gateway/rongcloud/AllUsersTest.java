package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.AllUsersCommand.Audience;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.command.AllUsersCommand.Schedule;
import dev.fanfare.contracts.command.ZimContent;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.WrittenRecords;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages to all users: {@code message/broadcast} and Fanfare's own call. */
@GatewayTest
class AllUsersTest {

    private static final String PUSH_EXT = "{\"title\":\"T\",\"pushConfigs\":[{\"HW\":{\"channelId\":\"c\"}}]}";

    private WrittenRecords records;
    private BackEnd app;

    @BeforeEach
    void open() {
        records = new WrittenRecords();
        app = BackEnd.create();
    }

    @AfterEach
    void close() {
        records.close();
    }

    @Test
    void aBroadcastIsKeptAndPushedToWhoIsOffline() {
        // When
        Answer answer = app.post(Calls.ALL_USERS, Calls.broadcast());

        // Then
        String uid = messageUid(answer);
        answer.isSuccessWith(Map.of("messageUID", uid));
        assertThat(written(uid))
                .isEqualTo(new AllUsersCommand(
                        uid,
                        "2191",
                        "RC:TxtMsg",
                        Calls.CONTENT,
                        null,
                        null,
                        InApp.KEPT,
                        PushTo.OFFLINE,
                        new PushNotification(null, null, null, null, null, null),
                        null,
                        null));
    }

    @Test
    void aBroadcastCarriesAllOfItsFields() {
        // Given
        app.post("/user/getToken.json", Form.of("userId", "2191").and("name", "The shop"))
                .isSuccess();

        // When
        Answer answer = app.post(
                Calls.ALL_USERS,
                Calls.broadcast()
                        .and("pushContent", "Look")
                        .and("pushData", "data")
                        .and("pushExt", PUSH_EXT)
                        .and("contentAvailable", 0)
                        .and("os", "iOS")
                        .and("disableUpdateLastMsg", true)
                        .and("unknown", "x"));

        // Then
        String uid = messageUid(answer);
        AllUsersCommand command = written(uid);
        assertThat(command.disableUpdateLastMsg()).isTrue();
        assertThat(command.push())
                .isEqualTo(new PushNotification("The shop", "Look", "data", PUSH_EXT, 0, List.of("iOS")));
    }

    @Test
    void aRepeatedBroadcastIsSentOnce() {
        // Given
        Form call = Calls.broadcast().and("msgRandom", 7);

        // When
        Answer first = app.post(Calls.ALL_USERS, call);
        Answer again = app.post(Calls.ALL_USERS, call);

        // Then
        String uid = messageUid(first);
        again.isSuccessWith(Map.of("messageUID", uid));
        written(uid);
    }

    @Test
    void aRepetitionIsNotLostToTheQuota() {
        // Given
        Answer first = app.postOnce("first", Calls.ALL_USERS, Calls.broadcast());
        app.postOnce("second", Calls.ALL_USERS, Calls.broadcast()).isSuccess();

        // When
        Answer again = app.postOnce("first", Calls.ALL_USERS, Calls.broadcast());
        Answer third = app.postOnce("third", Calls.ALL_USERS, Calls.broadcast());

        // Then
        again.isSuccessWith(Map.of("messageUID", messageUid(first)));
        assertThat(again.header("Idempotent-Replay")).isEqualTo("true");
        third.isRefused(429, 1008);
        assertThat(records.all(Topic.ALL_USERS_COMMAND, app)).hasSize(2);
    }

    @Test
    void twoAnHourSharedWithPushes() {
        // Given
        app.post(Calls.ALL_USERS, Calls.broadcast().with("content", "")).isRefused(400, 1002);
        app.post(Calls.ALL_USERS, Calls.broadcast()).isSuccess();
        Answer second = app.postJson(Calls.PUSH, Calls.push()).isSuccess();
        assertThat(second.header("RateLimit-Limit")).isEqualTo("2");
        assertThat(second.header("RateLimit-Remaining")).isEqualTo("0");

        // When
        Answer broadcast = app.post(Calls.ALL_USERS, Calls.broadcast());
        Answer push = app.postJson(Calls.PUSH, Calls.push());

        // Then
        broadcast.isRefused(429, 1008);
        push.isRefused(429, 1008);
        assertThat(Long.parseLong(broadcast.header("Retry-After"))).isBetween(3000L, 3600L);
        assertThat(records.all(Topic.ALL_USERS_COMMAND, app)).hasSize(2);
    }

    @Test
    void threeADayWhereTheHourAllowsMore() {
        // Given
        app.change(Map.of("limits", Map.of("message/broadcast:hour", 10)));
        for (int i = 0; i < 3; i++) {
            app.post(Calls.ALL_USERS, Calls.broadcast()).isSuccess();
        }

        // When
        Answer answer = app.post(Calls.ALL_USERS, Calls.broadcast());

        // Then
        answer.isRefused(429, 1008);
        assertThat(answer.header("RateLimit-Limit")).isEqualTo("3");
        assertThat(Long.parseLong(answer.header("Retry-After"))).isBetween(86_000L, 86_400L);
    }

    @Test
    void theOwnCallSaysAllThatACommandCan() {
        // Given
        long tomorrow = Clock.systemUTC().millis() + 86_400_000;
        var call = Calls.ownBroadcast()
                .put("disableUpdateLastMsg", true)
                .put("sendAt", tomorrow)
                .put("cron", "0 9 * * 1")
                .put("timeZone", "Europe/Berlin");
        call.putObject("push")
                .put("title", "Title")
                .put("content", "Text")
                .put("data", "data")
                .put("ext", PUSH_EXT)
                .put("contentAvailable", 1)
                .putArray("platforms")
                .add("iOS")
                .add("Web");
        call.putObject("audience").putArray("tags").add("gold");
        call.withObject("audience").putArray("anyTags").add("a").add("b");

        // When
        Answer answer = app.postJson(Calls.BROADCASTS, call);

        // Then
        String uid = messageUid(answer);
        answer.isSuccessWith(Map.of("messageUID", uid));
        assertThat(written(uid))
                .isEqualTo(new AllUsersCommand(
                        uid,
                        "2191",
                        "RC:TxtMsg",
                        Calls.CONTENT,
                        true,
                        null,
                        InApp.KEPT,
                        PushTo.OFFLINE,
                        new PushNotification("Title", "Text", "data", PUSH_EXT, 1, List.of("iOS", "Web")),
                        new Audience(null, List.of("gold"), List.of("a", "b")),
                        new Schedule(tomorrow, "0 9 * * 1", "Europe/Berlin")));
    }

    @Test
    void theOwnCallTakesAMessageOfZim() {
        // Given
        var call = Calls.ownBroadcast().put("inApp", "LIVE").put("pushTo", "NONE");
        call.remove(List.of("objectName", "content"));
        call.putObject("zim").put("messageType", 200).put("subMsgType", 7).put("message", "hi");

        // When
        Answer answer = app.postJson(Calls.BROADCASTS, call);

        // Then
        AllUsersCommand command = written(messageUid(answer));
        assertThat(command.zim()).isEqualTo(new ZimContent(200, 7, "hi", null));
        assertThat(command.push()).isNull();
    }

    @Test
    void theOwnCallIsNotCountedAsTheVendors() {
        // Given
        for (int i = 0; i < 2; i++) {
            app.post(Calls.ALL_USERS, Calls.broadcast()).isSuccess();
        }

        // When
        Answer answer = app.postJson(Calls.BROADCASTS, Calls.ownBroadcast());

        // Then
        assertThat(answer.isSuccess().header("RateLimit-Limit")).isEqualTo("60");
    }

    @ParameterizedTest
    @CsvSource({
        "all-users, /message/broadcast.json",
        "all-users, /fanfare/v1/broadcasts",
        "push, /push.json",
        "push, /push/user.json"
    })
    void whatIsSwitchedOffIsRefused(String feature, String path) {
        // Given
        app.change(Map.of("switchedOff", List.of(feature)));

        // When
        Answer answer = app.post(path, BackEnd.JSON, "{}");

        // Then
        answer.isRefused(430, 1009);
    }

    private AllUsersCommand written(String uid) {
        return records.onlyCommand(Topic.ALL_USERS_COMMAND, app, uid, AllUsersCommand.class);
    }

    private static String messageUid(Answer answer) {
        return answer.isSuccess().body().path("messageUID").asText();
    }
}
