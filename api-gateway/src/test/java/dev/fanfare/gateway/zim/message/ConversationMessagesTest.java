package dev.fanfare.gateway.zim.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.command.GroupStatusCommand;
import dev.fanfare.contracts.command.TemplateCommand;
import dev.fanfare.contracts.command.ZimContent;
import dev.fanfare.contracts.message.GroupMessageUid;
import dev.fanfare.contracts.message.UserMessageUid;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.WrittenRecords;
import dev.fanfare.gateway.fixture.ZimAnswer;
import dev.fanfare.gateway.fixture.ZimBackEnd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code SendPeerMessage} and {@code SendGroupMessage}. */
@GatewayTest
class ConversationMessagesTest {

    private static final String PEER = "SendPeerMessage";
    private static final String GROUP = "SendGroupMessage";

    private WrittenRecords records;
    private ZimBackEnd app;

    @BeforeEach
    void open() {
        records = new WrittenRecords();
        app = ZimBackEnd.unlimited(PEER, GROUP).with("u1", "u2", "u3");
    }

    @AfterEach
    void close() {
        records.close();
    }

    @Test
    void aPeerMessageGoesToTheRegisteredOnes() {
        // Given
        ObjectNode call = peer("u2", "nobody", "u3", "u2");
        push(call).put("Enable", 1).put("Title", "T").put("Content", "{c}").put("Payload", "p");

        // When
        ZimAnswer answer = app.post(PEER, call);

        // Then
        answer.isSuccess();
        assertThat(answer.subCodes("ErrorList")).isEqualTo(Map.of("nobody", 660700015));
        JsonNode sent = answer.body().path("SuccList");
        assertThat(sent.findValuesAsText("UserId")).containsExactly("u2", "u3");
        assertThat(sent.path(0).path("MsgSeq").longValue()).isBetween(1_700_000_000_000L, 9_007_199_254_740_991L);
        List<String> uids = sent.findValuesAsText("MsgId");
        assertThat(answer.messageUid()).isEqualTo(uids.get(0));
        assertThat(records.onlyCommand(Topic.TEMPLATE_COMMAND, app.onRongCloud(), uids.get(0), TemplateCommand.class))
                .isEqualTo(new TemplateCommand(
                        List.of(new UserMessageUid("u2", uids.get(0)), new UserMessageUid("u3", uids.get(1))),
                        "u1",
                        null,
                        List.of("u2", "u3"),
                        null,
                        null,
                        null,
                        List.of("{c}", "{c}"),
                        List.of("p", "p"),
                        "{\"title\":\"T\",\"pushConfigs\":[]}",
                        null,
                        null,
                        null,
                        new ZimContent(1, null, "hello", null)));
    }

    @Test
    void aPeerMessageIsNotPushedUnlessAsked() {
        // Given
        ObjectNode call = peer("u2");
        push(call).put("Enable", 0).put("Title", "T").put("Content", "C");

        // When
        ZimAnswer answer = app.post(PEER, call);

        // Then
        answer.isSuccess();
        assertThat(answer.body().path("ErrorList")).isEmpty();
        TemplateCommand command = records.onlyCommand(
                Topic.TEMPLATE_COMMAND, app.onRongCloud(), answer.messageUid(), TemplateCommand.class);
        assertThat(command.disablePush()).isTrue();
        assertThat(command.pushContent()).isNull();
    }

    @Test
    void aPeerMessageToNobodyRegisteredIsRefusedWithAllOfThem() {
        // Given
        long before = records.count();

        // When
        ZimAnswer answer = app.post(PEER, peer("nobody", "no one"));

        // Then
        answer.isRefused(660700015);
        assertThat(answer.subCodes("ErrorList")).containsOnlyKeys("nobody", "no one");
        assertThat(records.count()).isEqualTo(before);
    }

    @Test
    void aPeerMessageHasAHundredReceivers() {
        // Given
        List<String> users = ZimBackEnd.many(100);
        app.with(users.toArray(String[]::new));

        // When
        ZimAnswer most = app.post(PEER, peer(users.toArray(String[]::new)));
        ZimAnswer tooMany = app.post(PEER, peer(ZimBackEnd.many(101).toArray(String[]::new)));

        // Then
        assertThat(most.isSuccess().body().path("SuccList")).hasSize(100);
        tooMany.isRefused(660000011);
    }

    @ParameterizedTest
    @CsvSource({
        "SendPeerMessage, FromUserId, '\"nobody\"', 660500002",
        "SendPeerMessage, FromUserId, null, 660000002",
        "SendPeerMessage, ToUserId, null, 660000002",
        "SendPeerMessage, ToUserId, '[]', 660000002",
        "SendPeerMessage, ToUserId, '\"u2\"', 660000002",
        "SendPeerMessage, ToUserId, '[1]', 660000002",
        "SendPeerMessage, ToUserId, '[\"a*b\"]', 660000002",
        "SendPeerMessage, ToUserId, '[\"u1\",\"u2\"]', 660000002",
        "SendPeerMessage, ToUserId, '[\"0123456789012345678901234567890123\"]', 660000012",
        "SendPeerMessage, Priority, null, 660000002",
        "SendPeerMessage, Priority, 0, 660000002",
        "SendPeerMessage, Priority, 4, 660000002",
        "SendPeerMessage, SenderUnaware, 2, 660000002",
        "SendPeerMessage, SearchedContent, 7, 660000002",
        "SendPeerMessage, SendMsgOptions, '{\"NoUnread\":1}', 660000002",
        "SendPeerMessage, MessageType, 2, 660000002",
        "SendGroupMessage, FromUserId, '\"nobody\"', 660500002",
        "SendGroupMessage, GroupId, '\"none\"', 660600001",
        "SendGroupMessage, GroupId, null, 660000002",
        "SendGroupMessage, GroupId, '\"a/b\"', 660000002",
        "SendGroupMessage, GroupId, '\"0123456789012345678901234567890123\"', 660000002",
        "SendGroupMessage, Priority, null, 660000002",
        "SendGroupMessage, SendMsgOptions, '{\"TargetOption\":{\"ReceiverUserIds\":[\"u2\"]}}', 660000002",
        "SendGroupMessage, MessageBody, '{\"Message\":\"\"}', 660000002"
    })
    void aBadParameterIsRefused(String action, String field, String json, int code) throws Exception {
        // Given
        createGroup();
        long before = records.count();
        ObjectNode call = action.equals(PEER) ? peer("u2") : group();
        call.set(field, Json.mapper().readTree(json));

        // When
        ZimAnswer answer = app.post(action, call);

        // Then
        answer.isRefused(code);
        assertThat(records.count()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "12, 0"})
    void aGroupMessageGoesToTheMembersAndATextToItsSenderToo(int type, int includesSender) {
        // Given
        createGroup();
        String message = type == 1 ? "hello" : Messages.media(type).toString();
        ObjectNode call = group().put("MessageType", type);
        ((ObjectNode) call.path("MessageBody")).put("Message", message);

        // When
        ZimAnswer answer = app.post(GROUP, call);

        // Then
        String uid = answer.isSuccess().messageUid();
        assertThat(answer.body().path("MsgId").textValue()).isEqualTo(uid);
        assertThat(answer.body().path("MsgSeq").isNumber()).isTrue();
        assertThat(records.onlyCommand(Topic.GROUP_STATUS_COMMAND, app.onRongCloud(), uid, GroupStatusCommand.class))
                .isEqualTo(new GroupStatusCommand(
                        List.of(new GroupMessageUid("g1", uid)),
                        "u1",
                        List.of("g1"),
                        null,
                        null,
                        includesSender,
                        new ZimContent(type, null, message, null)));
    }

    @ParameterizedTest
    @CsvSource({"SendPeerMessage, system", "SendGroupMessage, group-status"})
    void anAppThatMayNotIsToldSo(String action, String feature) {
        // Given
        app.change(Map.of("switchedOff", List.of(feature)));

        // When
        ZimAnswer answer = app.post(action, peer("u2"));

        // Then
        answer.isRefused(100000017);
    }

    private void createGroup() {
        app.post("CreateGroup", Map.of("GroupOwner", "u1", "GroupId", "g1")).isSuccess();
    }

    private static ObjectNode peer(String... receivers) {
        ObjectNode call = Messages.text("u1", "hello").put("Priority", 1);
        for (String receiver : receivers) {
            call.withArray("ToUserId").add(receiver);
        }
        return call;
    }

    private static ObjectNode group() {
        return Messages.text("u1", "hello").put("Priority", 1).put("GroupId", "g1");
    }

    private static ObjectNode push(ObjectNode call) {
        return ((ObjectNode) call.path("MessageBody")).putObject("OfflinePush");
    }
}
