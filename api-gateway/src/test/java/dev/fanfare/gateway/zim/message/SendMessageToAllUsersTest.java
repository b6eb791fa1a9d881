package dev.fanfare.gateway.zim.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.command.ZimContent;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.WrittenRecords;
import dev.fanfare.gateway.fixture.ZimAnswer;
import dev.fanfare.gateway.fixture.ZimBackEnd;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code SendMessageToAllUsers}: what becomes of a call, and how often there may be one. */
@GatewayTest
class SendMessageToAllUsersTest {

    private static final String ACTION = "SendMessageToAllUsers";
    private static final String SECOND = ACTION + ":second";
    private static final String DAY = ACTION + ":day";

    private WrittenRecords records;
    private ZimBackEnd app;

    @BeforeEach
    void open() {
        records = new WrittenRecords();
        app = ZimBackEnd.unlimited(SECOND, DAY).with("u1");
    }

    @AfterEach
    void close() {
        records.close();
    }

    @Test
    void theVendorsSampleGoesToEverybodyOnline() throws Exception {
        // Given
        String body =
                """
                {
                    "FromUserId": "u1",
                    "MessageType": 1,
                    "MessageBody": {
                        "Message":"hello world",
                        "ExtendedData":"s"
                    },
                    "SubMsgType": 0
                }
                """;

        // When
        ZimAnswer answer = app.post(ACTION, body);

        // Then
        answer.isSuccessWith(Map.of());
        assertThat(written(answer))
                .isEqualTo(new AllUsersCommand(
                        answer.messageUid(),
                        "u1",
                        null,
                        null,
                        null,
                        new ZimContent(1, null, "hello world", "s"),
                        InApp.LIVE,
                        PushTo.NONE,
                        null,
                        null,
                        null));
    }

    @Test
    void everyFieldOfOfflinePushGoesToThePushThatHasAPlaceForIt() throws Exception {
        // Given
        ObjectNode call = text("hello");
        call.put("PushType", 1);
        body(call)
                .putObject("OfflinePush")
                .put("Enable", 1)
                .put("Title", "News")
                .put("Content", "Read this")
                .put("Payload", "{\"page\":7}")
                .put("PushStrategyId", "x".repeat(32))
                .put("EnableBadge", true)
                .put("BadgeIncrement", 120)
                .put("ThreadId", "news");
        ObjectNode push = (ObjectNode) body(call).path("OfflinePush");
        ObjectNode images = push.putObject("PushImageInfo");
        images.putObject("Apns").put("Image", "https://example.org/a.png");
        images.putObject("Android")
                .putObject("FCM")
                .put("Image", "https://example.org/f.png")
                .put("Icon", "https://example.org/i.png");
        images.withObject("/Android").putObject("HuaWei").put("Image", "https://example.org/h.png");
        push.putObject("PrivateMessageTemplate")
                .put("TemplateId", "t1")
                .put("TitleParameters", "{}")
                .put("ContentParameters", "{}");

        // When
        AllUsersCommand command = written(app.post(ACTION, call).isSuccess());

        // Then
        assertThat(command.inApp()).isEqualTo(InApp.LIVE);
        assertThat(command.pushTo()).isEqualTo(PushTo.OFFLINE);
        assertThat(command.push().title()).isEqualTo("News");
        assertThat(command.push().content()).isEqualTo("Read this");
        assertThat(command.push().data()).isEqualTo("{\"page\":7}");
        JsonNode configs = Json.mapper().readTree(command.push().ext()).path("pushConfigs");
        assertThat(configs)
                .isEqualTo(
                        Json.mapper()
                                .readTree(
                                        """
                                        [{"APNs":{"thread-id":"news","richMediaUri":"https://example.org/a.png","badgeIncrement":"99"}},
                                         {"FCM":{"imageUrl":"https://example.org/f.png"}},
                                         {"HW":{"image":"https://example.org/h.png","badgeIncrement":"99"}},
                                         {"HONOR":{"badgeIncrement":"99"}}]
                                        """));
    }

    @Test
    void theImageOfApnsIsTakenUnderTheNameThatOneDocumentPrints() {
        // Given
        ObjectNode call = text("hello").put("PushType", 1);
        body(call)
                .putObject("OfflinePush")
                .put("Enable", 1)
                .put("Content", "c")
                .putObject("PushImageInfo")
                .putObject("Apns")
                .put("mage", "https://example.org/a.png");

        // When
        AllUsersCommand command = written(app.post(ACTION, call).isSuccess());

        // Then
        assertThat(command.push().ext()).contains("\"richMediaUri\":\"https://example.org/a.png\"");
    }

    @ParameterizedTest
    @CsvSource({"offline, OFFLINE", "all, ALL"})
    void pushType2IsAPushOnlyToWhomTheAppSays(String setting, PushTo pushTo) {
        // Given
        app.change(Map.of("zimPushType2", setting));
        ObjectNode call =
                text("{}").put("MessageType", 200).put("SubMsgType", 1).put("PushType", 2);
        body(call).putObject("OfflinePush").put("Enable", 1).put("Title", "News");

        // When
        AllUsersCommand command = written(app.post(ACTION, call).isSuccess());

        // Then
        assertThat(command.inApp()).isEqualTo(InApp.NONE);
        assertThat(command.pushTo()).isEqualTo(pushTo);
        assertThat(command.push()).isEqualTo(new PushNotification(null, "News", null, null, null));
    }

    @Test
    void aTextHasItsTitleAboveItsOwnText() {
        // Given
        ObjectNode call = text("hello").put("PushType", 1);
        body(call).putObject("OfflinePush").put("Enable", 1).put("Title", "News");

        // When
        AllUsersCommand command = written(app.post(ACTION, call).isSuccess());

        // Then
        assertThat(command.push()).isEqualTo(new PushNotification("News", "hello", null, null, null));
    }

    @Test
    void pushType2IsForThoseOfflineUnlessTheAppSaysOtherwise() {
        // When
        AllUsersCommand command =
                written(app.post(ACTION, text("hello").put("PushType", 2)).isSuccess());

        // Then
        assertThat(command.pushTo()).isEqualTo(PushTo.OFFLINE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void withoutOfflinePushATextIsItsOwnPush(int pushType) {
        // Given
        String text = "é".repeat(1000);

        // When
        AllUsersCommand command =
                written(app.post(ACTION, text(text).put("PushType", pushType)).isSuccess());

        // Then
        assertThat(command.push()).isEqualTo(new PushNotification(null, "é".repeat(512), null, null, null));
    }

    @Test
    void enable0ForbidsThePush() {
        // Given
        ObjectNode call = text("hello").put("PushType", 1);
        body(call).putObject("OfflinePush").put("Enable", 0).put("Title", "News");

        // When
        AllUsersCommand command = written(app.post(ACTION, call).isSuccess());

        // Then
        assertThat(command.inApp()).isEqualTo(InApp.LIVE);
        assertThat(command.pushTo()).isEqualTo(PushTo.NONE);
        assertThat(command.push()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 12, 13, 14})
    void mediaAreTaken(int type) {
        // Given
        String message = Messages.media(type).toString();
        ObjectNode call = text(message).put("MessageType", type);

        // When
        AllUsersCommand command = written(app.post(ACTION, call).isSuccess());

        // Then
        assertThat(command.zim()).isEqualTo(new ZimContent(type, null, message, null));
    }

    @Test
    void aCustomMessageHasItsSubtype() {
        // Given
        ObjectNode call = text("{\"gift\":1}").put("MessageType", 200).put("SubMsgType", 200);

        // When
        AllUsersCommand command = written(app.post(ACTION, call).isSuccess());

        // Then
        assertThat(command.zim()).isEqualTo(new ZimContent(200, 200, "{\"gift\":1}", null));
    }

    @ParameterizedTest
    @CsvSource({"2048, 0", "2049, 660400001"})
    void aMessageHas2KilobytesOfUtf8(int bytes, int code) {
        // When
        ZimAnswer answer = app.post(ACTION, text("é".repeat(bytes / 2) + "x".repeat(bytes % 2)));

        // Then
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void anAppMayBeAllowedLongerMessages() {
        // Given
        app.change(Map.of("zimMessageBytes", 32 * 1024));
        app.post(ACTION, text("x".repeat(32 * 1024))).isSuccess();

        // When
        ZimAnswer answer = app.post(ACTION, text("x".repeat(32 * 1024 + 1)));

        // Then
        answer.isRefused(660400001).says("MessageBody.Message");
    }

    @ParameterizedTest
    @CsvSource({
        "FromUserId, null, 660000002",
        "FromUserId, '\"\"', 660000002",
        "FromUserId, 7, 660000002",
        "FromUserId, '\"a,b\"', 660000002",
        "FromUserId, '\"0123456789012345678901234567890123\"', 660000012",
        "MessageType, 2, 660000002",
        "MessageBody, null, 660000002",
        "PushType, -1, 660000002",
        "PushType, 3, 660000002",
        "PushType, '\"1\"', 660000002",
        "PushType, 0.5, 660000002"
    })
    void aBadParameterIsRefused(String field, String json, int code) throws Exception {
        // Given
        long before = records.count();
        ObjectNode call = text("hello");
        call.set(field, Json.mapper().readTree(json));

        // When
        ZimAnswer answer = app.post(ACTION, call);

        // Then
        answer.isRefused(code).says(field);
        assertThat(records.count()).isEqualTo(before);
    }

    @Test
    void aPushOfNothingIsRefused() {
        // Given
        ObjectNode forbidden = text("hello").put("PushType", 2);
        body(forbidden).putObject("OfflinePush").put("Title", "News");
        ObjectNode unreadable =
                text("{}").put("MessageType", 200).put("SubMsgType", 1).put("PushType", 2);

        // When
        ZimAnswer ofForbidden = app.post(ACTION, forbidden);
        ZimAnswer ofUnreadable = app.post(ACTION, unreadable);
        ZimAnswer tooLong = app.post(ACTION, pushing("x".repeat(4097)));

        // Then
        ofForbidden.isRefused(660000002).says("OfflinePush");
        ofUnreadable.isRefused(660000002).says("OfflinePush");
        tooLong.isRefused(660400001).says("push.content");
    }

    private static ObjectNode pushing(String content) {
        ObjectNode call = text("hello").put("PushType", 1);
        body(call).putObject("OfflinePush").put("Enable", 1).put("Content", content);
        return call;
    }

    @Test
    void whoIsNotRegisteredMayNotSend() {
        // Given
        long before = records.count();
        ObjectNode call = text("hello").put("FromUserId", "nobody");

        // When
        ZimAnswer answer = app.post(ACTION, call);

        // Then
        answer.isRefused(660500002);
        assertThat(records.count()).isEqualTo(before);
        app.with("nobody").post(ACTION, call).isSuccess();
    }

    @Test
    void aUserOfTheRongCloudApiMaySend() {
        // Given
        app.onRongCloud().post("/user/getToken.json", Form.of("userId", "tom")).isSuccess();

        // When
        ZimAnswer answer = app.post(ACTION, text("hello").put("FromUserId", "tom"));

        // Then
        answer.isSuccess();
    }

    @Test
    void onceASecond() {
        // Given
        ZimBackEnd limited = ZimBackEnd.create().with("u1");
        limited.post(ACTION, text("one")).isSuccess();

        // When
        ZimAnswer second = limited.post(ACTION, text("two"));

        // Then
        second.isRefused(660500003);
        assertThat(second.body().has("ErrorList")).isFalse();
        assertThat(second.http().header("Retry-After")).isEqualTo("1");
        Awaitility.await().until(() -> limited.post(ACTION, text("two")).code() == 0);
        assertThat(records.all(Topic.ALL_USERS_COMMAND, limited.onRongCloud())).hasSize(2);
    }

    @Test
    void aHundredTimesInADayAndRefusedCallsDoNotCount() {
        // Given
        ZimBackEnd limited = ZimBackEnd.unlimited(SECOND).with("u1");
        for (int i = 0; i < 100; i++) {
            limited.post(ACTION, text("bad").put("PushType", 7)).isRefused(660000002);
            limited.post(ACTION, text("good").put("FromUserId", "nobody")).isRefused(660500002);
            limited.post(ACTION, text("good")).isSuccess();
        }

        // When
        ZimAnswer answer = limited.post(ACTION, text("one more"));

        // Then
        answer.isRefused(660500003);
        assertThat(Long.parseLong(answer.http().header("Retry-After"))).isBetween(80_000L, 86_400L);
        assertThat(answer.http().header("RateLimit-Limit")).isEqualTo("100");
    }

    @Test
    void anAppThatMayNotBroadcastIsToldSo() {
        // Given
        app.change(Map.of("switchedOff", List.of("all-users")));

        // When
        ZimAnswer answer = app.post(ACTION, text("hello"));

        // Then
        answer.isRefused(100000017);
    }

    private AllUsersCommand written(ZimAnswer answer) {
        return records.onlyCommand(
                Topic.ALL_USERS_COMMAND, app.onRongCloud(), answer.messageUid(), AllUsersCommand.class);
    }

    private static ObjectNode text(String text) {
        return Messages.text("u1", text);
    }

    private static ObjectNode body(ObjectNode call) {
        return (ObjectNode) call.path("MessageBody");
    }
}
