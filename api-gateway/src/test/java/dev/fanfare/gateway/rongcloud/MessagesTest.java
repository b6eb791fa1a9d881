package dev.fanfare.gateway.rongcloud;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.command.BroadcastCommand;
import dev.fanfare.contracts.command.GroupStatusCommand;
import dev.fanfare.contracts.command.TemplateCommand;
import dev.fanfare.contracts.message.MessageUid;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.WrittenRecords;
import dev.fanfare.testkit.trace.RecordedSpans.Followed;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each message becomes one signed record that says what was asked for, and is answered with its ids. */
@GatewayTest
class MessagesTest {

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
    void broadcast() {
        // Given
        var call = Calls.broadcast().and("disableUpdateLastMsg", true);

        // When
        Answer answer = app.post(Calls.BROADCAST, call);

        // Then
        String uid = answer.body().path("messageUID").asText();
        answer.isSuccessWith(Map.of("messageUID", uid));
        assertThat(MessageUid.isValid(uid)).isTrue();
        assertThat(records.onlyCommand(Topic.BROADCAST_COMMAND, app, uid, BroadcastCommand.class))
                .isEqualTo(new BroadcastCommand(uid, "2191", "RC:TxtMsg", Calls.CONTENT, true));
    }

    @Test
    void aCommandIsPartOfItsCallersTrace() {
        // Given
        Followed trace = Followed.begin();

        // When
        Answer traced = app.post(
                Calls.TEMPLATE,
                BackEnd.JSON,
                Calls.template().toString(),
                request -> request.header("traceparent", trace.header()));
        Answer untraced = app.post(Calls.BROADCAST, Calls.broadcast());

        // Then
        traced.isSuccess();
        untraced.isSuccess();
        SpanData call = trace.await("POST " + Calls.TEMPLATE);
        assertThat(call.getParentSpanId()).isEqualTo(trace.spanId());
        assertThat(call.getAttributes().asMap())
                .containsOnly(
                        entry(stringKey("http.request.method"), "POST"),
                        entry(stringKey("http.route"), Calls.TEMPLATE),
                        entry(longKey("http.response.status_code"), 200L),
                        entry(stringKey("fanfare.app_key"), app.appKey()),
                        entry(longKey("fanfare.code"), 200L));
        SpanData publish = trace.await("publish");
        assertThat(publish.getParentSpanId()).isEqualTo(call.getSpanId());
        assertThat(records.all(Topic.TEMPLATE_COMMAND, app)).singleElement().satisfies(record -> {
            assertThat(record.headers().lastHeader("traceparent").value())
                    .asString()
                    .isEqualTo("00-" + trace.traceId() + "-" + publish.getSpanId() + "-01");
            assertThat(record.headers().lastHeader("ce_id").value())
                    .asString()
                    .isEqualTo(publish.getAttributes().get(stringKey("fanfare.message_uid")));
        });
        assertThat(records.all(Topic.BROADCAST_COMMAND, app)).singleElement().satisfies(record -> assertThat(
                        record.headers().lastHeader("traceparent"))
                .isNull());
    }

    @Test
    void broadcastWithNothingButTheRequiredFields() {
        // When
        Answer answer = app.post(Calls.BROADCAST, Calls.broadcast());

        // Then
        String uid = answer.isSuccess().body().path("messageUID").asText();
        assertThat(records.onlyCommand(Topic.BROADCAST_COMMAND, app, uid, BroadcastCommand.class))
                .isEqualTo(new BroadcastCommand(uid, "2191", "RC:TxtMsg", Calls.CONTENT, null));
    }

    @Test
    void groupStatusToThreeGroupsWithTheFieldsThatSdksAlwaysSend() {
        // Given
        var call = Calls.groupStatus()
                .and("toGroupId", "g2")
                .and("toGroupId", "g3")
                .and("isIncludeSender", 1)
                .and("verifyBlacklist", 0)
                .and("isPersisted", 0)
                .and("isCounted", 0)
                .and("busChannel", "");

        // When
        Answer answer = app.post(Calls.GROUP_STATUS, call);

        // Then
        List<String> uids = uids(answer);
        answer.isSuccessWith(Map.of(
                "messageUIDs",
                List.of(
                        Map.of("groupId", "g1", "messageUID", uids.get(0)),
                        Map.of("groupId", "g2", "messageUID", uids.get(1)),
                        Map.of("groupId", "g3", "messageUID", uids.get(2)))));
        var command = records.onlyCommand(Topic.GROUP_STATUS_COMMAND, app, uids.get(0), GroupStatusCommand.class);
        assertThat(command.toGroupId()).containsExactly("g1", "g2", "g3");
        assertThat(command.messageUIDs()).extracting(uid -> uid.messageUID()).isEqualTo(uids);
        assertThat(command.includesSender()).isTrue();
        assertThat(command.fromUserId()).isEqualTo("2191");
        assertThat(command.objectName()).isEqualTo("RC:TxtMsg");
        assertThat(command.content()).isEqualTo(Calls.CONTENT);
    }

    @Test
    void groupStatusDoesNotIncludeTheSenderByDefault() {
        // When
        Answer answer = app.post(Calls.GROUP_STATUS, Calls.groupStatus());

        // Then
        String uid = uids(answer.isSuccess()).get(0);
        assertThat(records.onlyCommand(Topic.GROUP_STATUS_COMMAND, app, uid, GroupStatusCommand.class)
                        .includesSender())
                .isFalse();
    }

    @Test
    void systemMessageToTwoUsers() {
        // Given
        var call = Calls.system()
                .and("toUserId", "u2")
                .and("pushContent", "look")
                .and("pushData", "data")
                .and("pushExt", "{\"title\":\"t\"}")
                .and("contentAvailable", 1)
                .and("disablePush", "false")
                .and("disableUpdateLastMsg", "true")
                .and("isPersisted", 1)
                .and("isCounted", 1)
                .and("count", 5);

        // When
        Answer answer = app.post(Calls.SYSTEM, call);

        // Then
        hasCommanded(
                answer,
                new TemplateCommand(
                        null,
                        "2191",
                        null,
                        List.of("u1", "u2"),
                        "RC:TxtMsg",
                        null,
                        Calls.CONTENT,
                        List.of("look", "look"),
                        List.of("data", "data"),
                        "{\"title\":\"t\"}",
                        1,
                        false,
                        true));
    }

    @Test
    void templateMessage() {
        // Given
        ObjectNode call = Calls.template().put("contentAvailable", 1).put("disablePush", true);
        call.putArray("pushContent").add("hi {c}").add("hello {c}");
        call.putArray("pushData").add("d1").add("d2");

        // When
        Answer answer = app.postJson(Calls.TEMPLATE, call);

        // Then
        hasCommanded(
                answer,
                new TemplateCommand(
                        null,
                        "shop",
                        null,
                        List.of("u1", "u2"),
                        "RC:TxtMsg",
                        List.of(Map.of("{c}", "Tom"), Map.of("{c}", "Rose")),
                        "{\"content\":\"{c}\"}",
                        List.of("hi {c}", "hello {c}"),
                        List.of("d1", "d2"),
                        null,
                        1,
                        true,
                        null));
    }

    @Test
    void templateMessageAsTheVendorsSdksSendIt() {
        // Given
        ObjectNode call = Calls.template()
                .put("verifyBlacklist", 0)
                .put("contentAvailable", "0")
                .put("disablePush", "false")
                .put("disableUpdateLastMsg", "true")
                .putNull("pushExt");
        call.putArray("pushContent").addNull().add("hello {c}");
        call.putArray("pushData").add("").add("");
        call.putArray("values").addArray();

        // When
        Answer answer = app.postJson(Calls.TEMPLATE, call);

        // Then
        var command = records.onlyCommand(
                Topic.TEMPLATE_COMMAND, app, uids(answer.isSuccess()).get(0), TemplateCommand.class);
        assertThat(command.pushContent()).isEqualTo(Arrays.asList(null, "hello {c}"));
        assertThat(command.pushData()).isNull();
        assertThat(command.valuesOf(0)).isEmpty();
        assertThat(command.contentAvailable()).isZero();
        assertThat(command.disablePush()).isFalse();
        assertThat(command.disableUpdateLastMsg()).isTrue();
    }

    @Test
    void theSendersRegisteredNameGoesWithTheMessage() {
        // Given
        app.post("/user/getToken.json", Form.of("userId", "2191").and("name", "Fruit shop"))
                .isSuccess();

        // When
        Answer answer = app.post(Calls.SYSTEM, Calls.system());

        // Then
        assertThat(commandOf(answer).fromUserName()).isEqualTo("Fruit shop");
    }

    @Test
    void aSenderWithoutANameSendsWithoutOne() {
        // Given
        app.post("/user/getToken.json", Form.of("userId", "2191")).isSuccess();

        // When
        Answer answer = app.post(Calls.SYSTEM, Calls.system());

        // Then
        assertThat(commandOf(answer).fromUserName()).isNull();
    }

    @Test
    void aMessageThatIsNeverPushedNeedsNoName() {
        // Given
        app.post("/user/getToken.json", Form.of("userId", "2191").and("name", "Fruit shop"))
                .isSuccess();

        // When
        Answer answer = app.post(Calls.SYSTEM, Calls.system().and("disablePush", true));

        // Then
        assertThat(commandOf(answer).fromUserName()).isNull();
    }

    private TemplateCommand commandOf(Answer answer) {
        String uid = uids(answer.isSuccess()).get(0);
        return records.onlyCommand(Topic.TEMPLATE_COMMAND, app, uid, TemplateCommand.class);
    }

    @Test
    void everyMessageHasAnIdOfItsOwn() {
        // Given
        Answer first = app.post(Calls.SYSTEM, Calls.system().withMany("toUserId", 49));

        // When
        Answer second = app.post(Calls.SYSTEM, Calls.system().withMany("toUserId", 49));

        // Then
        HashSet<String> all = new HashSet<>(uids(first));
        all.addAll(uids(second));
        assertThat(all).hasSize(98);
    }

    /** @param asked without ids, for u1 and u2 */
    private void hasCommanded(Answer answer, TemplateCommand asked) {
        List<String> uids = uids(answer);
        answer.isSuccessWith(Map.of(
                "messageUIDs",
                List.of(
                        Map.of("userId", "u1", "messageUID", uids.get(0)),
                        Map.of("userId", "u2", "messageUID", uids.get(1)))));
        var command = records.onlyCommand(Topic.TEMPLATE_COMMAND, app, uids.get(0), TemplateCommand.class);
        assertThat(command)
                .usingRecursiveComparison()
                .ignoringFields("messageUIDs")
                .isEqualTo(asked);
        assertThat(command.messageUIDs()).extracting(uid -> uid.messageUID()).isEqualTo(uids);
    }

    private static List<String> uids(Answer answer) {
        return answer.body().path("messageUIDs").findValuesAsText("messageUID");
    }
}
