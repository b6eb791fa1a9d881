package dev.fanfare.gateway.zim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.ZimBackEnd;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/**
 * A back end as the vendor's documents make one: the signature by the steps of their Java sample, URLs as they print them
 * (brackets unescaped), bodies as they print them. It knows nothing of Fanfare but the host.
 */
@GatewayTest
class VendorSamplesTest {

    private final ZimBackEnd app =
            ZimBackEnd.unlimited("SendMessageToAllUsers:second", "SendMessageToAllUsers:day", "InviteUsersIntoGroup");

    @Test
    void areAnswered() throws Exception {
        // Given
        isDone(
                post(
                        "UserRegister",
                        """
                {"UserInfo": [{"UserId": "aaa", "UserName": "userNamea", "UserAvatar": "http"},
                              {"UserId": "bbb", "UserName": "userNameb", "UserAvatar": "http"}]}
                """));
        for (String user :
                new String[] {"u1", "u2", "u3", "owner", "user1", "user2", "zego_user", "user_a", "user_b"}) {
            isDone(post("UserRegister", "{\"UserInfo\":[{\"UserId\":\"" + user + "\"}]}"));
        }

        // When
        JsonNode infos = post("QueryUserInfos", "{\"UserIds\": [\"aaa\", \"bbb\"]}");
        JsonNode modified = post(
                "ModifyUserInfo",
                """
                {"UserInfo": [{"UserId": "aaa", "UserName": "userNamea", "UserAvatar": "http", "Extra": "extra info"},
                              {"UserId": "bbb", "UserName": "userNameb", "UserAvatar": "http"}]}
                """);
        JsonNode states = get("QueryUserOnlineState", "UserId[]=aaa&UserId[]=id4");

        // Then
        assertThat(isDone(infos).path("Result").findValuesAsText("UserName")).containsExactly("userNamea", "userNameb");
        assertThat(isDone(modified).path("ErrorList")).isEmpty();
        assertThat(isDone(states).path("Result").path(0).path("Status").textValue())
                .isEqualTo("Offline");
        assertThat(states.path("ErrorList").path(0).path("SubCode").intValue()).isEqualTo(660200001);
        messagesAreTaken();
        groupsAreChanged();
    }

    private void messagesAreTaken() throws Exception {
        isDone(
                post(
                        "SendMessageToAllUsers",
                        """
                {
                    "FromUserId": "u1",
                    "MessageType": 1,
                    "MessageBody": {
                        "Message":"hello world",
                        "ExtendedData":"s"
                    },
                    "SubMsgType": 0,
                    "PushType": 0
                }
                """));
        isDone(
                post(
                        "SendMessageToAllUsers",
                        """
                {
                    "FromUserId": "u1",
                    "MessageType": 1,
                    "MessageBody": {
                        "Message":"hello world",
                        "ExtendedData":"extendedData",
                        "OfflinePush" :{
                            "Enable":0,
                            "Title":"Title",
                            "Content":"Content",
                            "Payload":"data"
                        },
                        "HasReceipt": 1
                    },
                    "PushType": 1
                }
                """));
        String url = "\"Url\":\"https:xxx\", ";
        String size = "\"Url\":\"https:xxx\", \"Width\":100, \"Height\":200";
        media(11, "\"Origin\": {" + size + "}, \"FileName\":\"FileName.jpg\", \"Size\":1024");
        media(12, url + "\"FileName\":\"FileName.txt\", \"Size\":1024");
        media(13, url + "\"FileName\":\"FileName.mp3\", \"Size\":1024, \"MediaDuration\":30");
        media(
                14,
                url + "\"FileName\":\"FileName.mp4\", \"Size\":1024, \"MediaDuration\":300, \"Thumbnail\": {" + size
                        + "}");
        JsonNode peer = isDone(
                post(
                        "SendPeerMessage",
                        """
                {"FromUserId": "u1", "ToUserId": ["u2", "u3"], "MessageType": 1, "Priority": 1,
                 "MessageBody": {"Message": "hello world", "ExtendedData": "extendedData",
                                 "OfflinePush": {"Enable": 0, "Title": "Title", "Content": "Content", "Payload": "data"}},
                 "SenderUnaware": 0, "SendMsgOptions": {"NoUnread": true}}
                """));
        assertThat(peer.path("SuccList").findValuesAsText("UserId")).containsExactly("u2", "u3");
    }

    private void media(int type, String fields) throws Exception {
        String message = "{\"Uid\":\"343649807833778782\", " + fields + "}";
        var body = Json.mapper().createObjectNode().put("FromUserId", "u1").put("MessageType", type);
        body.putObject("MessageBody").put("Message", message);
        isDone(post("SendMessageToAllUsers", body.toString()));
    }

    private void groupsAreChanged() throws Exception {
        JsonNode created = isDone(
                post(
                        "CreateGroup",
                        """
                {"GroupId": "group", "GroupName": "group_name", "GroupNotice": "group_notice",
                 "GroupAvatar": "https://www.baidu.com/", "GroupOwner": "owner", "UserId": ["user1", "user2"],
                 "Attributes": [{"Key": "key1", "Value": "value1"}, {"Key": "key2", "Value": "value2"}],
                 "CreateGroupTime": 0}
                """));
        assertThat(created.path("Members").findValuesAsText("UserId")).containsExactly("owner", "user1", "user2");
        isDone(
                post(
                        "InviteUsersIntoGroup",
                        """
                {"FromUserId": "zego_user", "GroupId": "group",
                 "GroupMemberInfos": [{"UserId": "user_a", "EnterGroupTime": 123}, {"UserId": "user_b", "EnterGroupTime": 0}]}
                """));
        isDone(
                post(
                        "SendGroupMessage",
                        """
                {"FromUserId": "u1", "GroupId": "group", "MessageType": 1, "Priority": 1,
                 "MessageBody": {"Message": "hello world", "ExtendedData": "d"}, "SendMsgOptions": {"NoUnread": true}}
                """));
        isDone(
                post(
                        "KickoutGroupUser",
                        "{\"FromUserId\": \"zego_user\", \"GroupId\": \"group\", \"UserId\": [\"user1\"], \"CustomReason\": \"reason\"}"));
        JsonNode members =
                isDone(post("QueryGroupMemberList", "{\"GroupId\": \"group\", \"Limit\": 1000, \"Next\": 0}"));
        assertThat(members.path("TotalCount").intValue()).isEqualTo(4);
        isDone(get("DismissGroup", "FromUserId=zego_user&GroupId=group"));
    }

    private static JsonNode isDone(JsonNode answer) {
        assertThat(answer.path("Code").intValue()).as("Code of %s", answer).isZero();
        assertThat(answer.path("Message").textValue()).isEqualTo("success");
        assertThat(answer.path("RequestId").textValue()).matches("[0-9]{18,19}");
        return answer;
    }

    private JsonNode post(String action, String body) throws Exception {
        HttpURLConnection call = open(action, "");
        call.setRequestMethod("POST");
        call.setRequestProperty("Content-Type", "application/json");
        call.setDoOutput(true);
        try (OutputStream out = call.getOutputStream()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
        }
        return read(call);
    }

    private JsonNode get(String action, String parameters) throws Exception {
        return read(open(action, "&" + parameters));
    }

    private static JsonNode read(HttpURLConnection call) throws Exception {
        assertThat(call.getResponseCode()).isEqualTo(200);
        try (InputStream in = call.getInputStream()) {
            return Json.mapper().readTree(in);
        }
    }

    private HttpURLConnection open(String action, String parameters) throws Exception {
        byte[] bytes = new byte[8];
        new SecureRandom().nextBytes(bytes);
        String signatureNonce = bytesToHex(bytes);
        long appId = Long.parseLong(app.appId());
        long timestamp = System.currentTimeMillis() / 1000L;
        String signature = generateSignature(appId, signatureNonce, app.serverSecret(), timestamp);
        return (HttpURLConnection) new URL(BackEnd.url("/") + "?Action=" + action + "&AppId=" + appId + "&Timestamp="
                        + timestamp + "&Signature=" + signature + "&SignatureVersion=2.0&SignatureNonce="
                        + signatureNonce
                        + parameters)
                .openConnection();
    }

    private static String generateSignature(long appId, String signatureNonce, String serverSecret, long timestamp)
            throws Exception {
        String text = appId + signatureNonce + serverSecret + timestamp;
        return bytesToHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String bytesToHex(byte[] bytes) {
        StringBuilder hex = new StringBuilder();
        for (byte b : bytes) {
            int digital = b < 0 ? b + 256 : b;
            hex.append(digital < 16 ? "0" : "").append(Integer.toHexString(digital));
        }
        return hex.toString();
    }
}
