package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.AllUsersCommand.Audience;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.PushExt;
import dev.fanfare.contracts.delivery.PushNotification;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.WrittenRecords;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code push.json} and {@code push/user.json}, whose keys are not those of the other calls. */
@GatewayTest
class PushesTest {

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
    void aPushAloneGoesToAllDevicesAndSendsNoMessage() {
        // When
        Answer answer = app.postJson(Calls.PUSH, Calls.push().put("fromuserid", "2191"));

        // Then
        String id = answer.isSuccess().body().path("id").asText();
        answer.isSuccessWith(Map.of("id", id));
        assertThat(written(id))
                .isEqualTo(new AllUsersCommand(
                        id,
                        "2191",
                        null,
                        null,
                        null,
                        null,
                        InApp.NONE,
                        PushTo.ALL,
                        new PushNotification(null, "this is a push", null, null, null, List.of("iOS", "Android")),
                        null,
                        null));
    }

    @Test
    void withAMessageItIsKeptAndPushedToWhoIsOffline() {
        // Given
        app.post("/user/getToken.json", Form.of("userId", "2191").and("name", "The shop"))
                .isSuccess();
        ObjectNode call = Calls.push().put("fromuserid", "2191");
        call.remove("notification");
        call.putObject("message")
                .put("objectName", "RC:TxtMsg")
                .put("content", Calls.CONTENT)
                .put("disableUpdateLastMsg", true);
        call.withObject("audience")
                .put("is_to_all", false)
                .putArray("tag")
                .add("a")
                .add("b");
        call.withObject("audience").putArray("tag_or").add("c");
        call.withObject("audience").putArray("userid");

        // When
        Answer answer = app.postJson(Calls.PUSH, call);

        // Then
        String id = answer.isSuccess().body().path("id").asText();
        answer.isSuccessWith(Map.of("id", id, "messageUID", id));
        assertThat(written(id))
                .isEqualTo(new AllUsersCommand(
                        id,
                        "2191",
                        "RC:TxtMsg",
                        Calls.CONTENT,
                        true,
                        null,
                        InApp.KEPT,
                        PushTo.OFFLINE,
                        new PushNotification("The shop", null, null, null, null, List.of("iOS", "Android")),
                        new Audience(null, List.of("a", "b"), List.of("c")),
                        null));
    }

    @Test
    void userIdsWinOverTagsAndPlatforms() {
        // Given
        ObjectNode call = Calls.push();
        call.withObject("audience")
                .put("is_to_all", false)
                .putArray("userid")
                .add("u1")
                .add("u2");
        call.withObject("audience").putArray("tag").add("a");
        call.withObject("audience").put("packageName", "com.example.app");

        // When
        AllUsersCommand command = written(app.postJson(Calls.PUSH, call));

        // Then
        assertThat(command.audience()).isEqualTo(new Audience(List.of("u1", "u2"), null, null));
        assertThat(command.push().platforms()).isNull();
    }

    @Test
    void toAllMeansNothingElse() {
        // Given
        ObjectNode call = Calls.push();
        call.withObject("audience").putArray("tag").add("a");
        call.withObject("audience").putArray("userid").add("u1");
        call.withObject("audience").put("packageName", "com.example.app");

        // When
        AllUsersCommand command = written(app.postJson(Calls.PUSH, call));

        // Then
        assertThat(command.audience()).isNull();
        assertThat(command.push().platforms()).containsExactly("iOS", "Android");
    }

    @Test
    void settingsOfProvidersBecomePushExt() {
        // Given
        ObjectNode call = Calls.push();
        ObjectNode notification =
                call.withObject("notification").put("title", "Title").put("forceShowPushContent", 1);
        notification
                .putObject("ios")
                .put("alert", "for iOS")
                .put("title", "iOS title")
                .put("badge", -1)
                .put("thread-id", "t")
                .put("apns-collapse-id", "c")
                .put("interruption-level", "critical")
                .put("category", "cat")
                .put("richMediaUri", "https://example.com/x.png")
                .put("contentAvailable", 1)
                .putObject("extras")
                .put("id", "1");
        ObjectNode android = notification.putObject("android").put("alert", "for Android");
        android.putObject("extras").put("id", "2");
        android.putObject("hw")
                .put("channelId", "HW1")
                .put("importance", "LOW")
                .put("image", "https://example.com/i.png")
                .put("category", "IM");
        android.putObject("honor").put("importance", "NORMAL");
        android.putObject("mi").put("channelId", "MI1").put("large_icon_uri", "https://example.com/l.png");
        android.putObject("oppo").put("channelId", "OPPO1").put("notify_level", 16);
        android.putObject("vivo").put("classification", "0").put("category", "NEWS");
        android.putObject("fcm")
                .put("channelId", "FCM1")
                .put("collapse_key", "k")
                .put("imageUrl", "https://x");
        call.withObject("notification").putObject("harmonyOS").put("alert", "not asked for");

        // When
        PushNotification push = written(app.postJson(Calls.PUSH, call)).push();

        // Then
        assertThat(push.title()).isEqualTo("Title");
        assertThat(push.content()).isEqualTo("this is a push");
        assertThat(push.data()).isEqualTo("{\"id\":\"2\"}");
        assertThat(push.contentAvailable()).isNull();
        PushExt ext = PushExt.read(push.ext()).orElseThrow();
        assertThat(ext.title()).isNull();
        assertThat(ext.configOf("APNs"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "alert", "for iOS",
                        "title", "iOS title",
                        "badge", "-1",
                        "thread-id", "t",
                        "apns-collapse-id", "c",
                        "interruption-level", "critical",
                        "category", "cat",
                        "richMediaUri", "https://example.com/x.png",
                        "contentAvailable", "1",
                        "data", "{\"id\":\"1\"}"));
        assertThat(ext.configOf("HW"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "channelId", "HW1",
                        "importance", "LOW",
                        "image", "https://example.com/i.png",
                        "category", "IM",
                        "alert", "for Android"));
        assertThat(ext.configOf("HONOR")).containsEntry("importance", "NORMAL").containsEntry("alert", "for Android");
        assertThat(ext.configOf("MI"))
                .containsEntry("channelId", "MI1")
                .containsEntry("large_icon_uri", "https://example.com/l.png");
        assertThat(ext.configOf("OPPO")).containsEntry("channelId", "OPPO1").containsEntry("notify_level", "16");
        assertThat(ext.configOf("VIVO")).containsEntry("classification", "0").containsEntry("category", "NEWS");
        assertThat(ext.configOf("FCM"))
                .containsEntry("channelId", "FCM1")
                .containsEntry("collapse_key", "k")
                .containsEntry("imageUrl", "https://x");
        assertThat(ext.configOf("OHOS")).isEmpty();
    }

    @Test
    void theOnlyPlatformsTextIsTheText() {
        // Given
        ObjectNode call = Calls.push();
        call.putArray("platform").add("iOS");
        call.withObject("notification")
                .putObject("ios")
                .put("alert", "for iOS")
                .put("contentAvailable", 1)
                .putObject("extras");
        call.withObject("notification").putObject("android").put("alert", "not asked for");

        // When
        PushNotification push = written(app.postJson(Calls.PUSH, call)).push();

        // Then
        assertThat(push.content()).isEqualTo("for iOS");
        assertThat(push.contentAvailable()).isEqualTo(1);
        assertThat(push.data()).isNull();
        assertThat(push.platforms()).containsExactly("iOS");
        assertThat(PushExt.read(push.ext()).orElseThrow().configs())
                .isEqualTo(Map.of("apns", Map.of("contentAvailable", "1")));
    }

    @Test
    void everyPlatformMayHaveItsOwnTextAlone() {
        // Given
        ObjectNode call = Calls.push();
        call.putArray("platform").add("ios").add("android").add("harmonyOS");
        ObjectNode notification = call.putObject("notification");
        notification.putObject("ios").put("alert", "for iOS");
        notification.putObject("android").put("alert", "for Android");
        notification
                .putObject("harmonyOS")
                .put("alert", "for HarmonyOS")
                .putObject("ohos")
                .put("category", "IM");

        // When
        PushNotification push = written(app.postJson(Calls.PUSH, call)).push();

        // Then
        assertThat(push.content()).isEqualTo("for Android");
        PushExt ext = PushExt.read(push.ext()).orElseThrow();
        assertThat(ext.configs())
                .isEqualTo(Map.of(
                        "apns", Map.of("alert", "for iOS"),
                        "ohos", Map.of("alert", "for HarmonyOS", "category", "IM")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/push/user.json", "//push/user.json"})
    void usersArePushedTo(String path) {
        // When
        Answer answer = app.postJson(path, Calls.pushUser());

        // Then
        String id = answer.isSuccess().body().path("id").asText();
        answer.isSuccessWith(Map.of("id", id));
        assertThat(answer.header("RateLimit-Limit")).isEqualTo("100");
        assertThat(answer.header("RateLimit-Remaining")).isEqualTo("98");
        assertThat(written(id))
                .isEqualTo(new AllUsersCommand(
                        id,
                        null,
                        null,
                        null,
                        null,
                        null,
                        InApp.NONE,
                        PushTo.ALL,
                        new PushNotification("Title", "this is a push", null, null, null, null),
                        new Audience(List.of("u1", "u2"), null, null),
                        null));
    }

    private AllUsersCommand written(Answer answer) {
        return written(answer.isSuccess().body().path("id").asText());
    }

    private AllUsersCommand written(String id) {
        return records.onlyCommand(Topic.ALL_USERS_COMMAND, app, id, AllUsersCommand.class);
    }
}
