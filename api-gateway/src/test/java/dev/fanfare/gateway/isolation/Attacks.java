package dev.fanfare.gateway.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.BroadcastServer;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.ZimBackEnd;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Every call of the gateway as somebody makes it who has an app of their own and knows all ids of another one: user {@code
 * alice}, group {@code g1}, a messageUID, the App Key and the AppId. Their own app has the user {@code mallory}.
 */
final class Attacks {

    private static final int SUCCESS = 200;
    private static final String UID = BroadcastServer.RUNNING;
    private static final String ALICE = "alice";
    private static final String MALLORY = "mallory";
    private static final int NO_SUCH_THING = 1002;
    private static final int NO_SUCH_USER = 660_700_015;
    private static final int NO_SUCH_GROUP = 660_600_001;

    private static final Map<String, Attack> ALL = new LinkedHashMap<>();

    private Attacks() {}

    /**
     * @param call what is sent, and answered
     * @param code with which: the call is carried out for the attacker's own app, or there is no such thing in it
     */
    record Attack(int code, Function<Attacker, JsonNode> call) {}

    /** Who calls, with their own credentials, and whose things they name. */
    record Attacker(ZimBackEnd app, ZimBackEnd victim) {

        JsonNode form(String path, Form form) {
            return send(path, request -> request.header("Content-Type", BackEnd.FORM)
                    .POST(BodyPublishers.ofString(form.body())));
        }

        JsonNode json(String path, Object body) {
            return send(path, request -> request.header("Content-Type", BackEnd.JSON)
                    .POST(BodyPublishers.ofByteArray(Json.write(body))));
        }

        /** The other name of the header must not win over the one that was signed for. */
        JsonNode send(String path, UnaryOperator<HttpRequest.Builder> change) {
            return BackEnd.send(change.apply(app.onRongCloud().signed(path, ""))
                            .header("RC-App-Key", victim.appKey())
                            .build())
                    .body();
        }

        JsonNode zim(String action, Map<String, ?> body) {
            Map<String, Object> all = new LinkedHashMap<>(body);
            all.put("AppId", Long.parseLong(victim.appId()));
            return app.post(action, new String(Json.write(all), StandardCharsets.UTF_8))
                    .body();
        }
    }

    static Map<String, Attack> all() {
        return ALL;
    }

    static {
        messages();
        users();
        groups();
        own();
        zim();
    }

    private static void messages() {
        form("message/online/broadcast", SUCCESS, text());
        form("statusmessage/group/publish", SUCCESS, text().and("toGroupId", "g1"));
        form("message/system/publish", SUCCESS, text().and("toUserId", ALICE));
        form("message/broadcast", SUCCESS, text());
        form("message/broadcast/recall", SUCCESS, Form.of("fromUserId", ALICE).and("messageUID", UID));
        form(
                "message/recall",
                SUCCESS,
                Form.of("fromUserId", ALICE)
                        .and("messageUID", UID)
                        .and("targetId", ALICE)
                        .and("conversationType", "6"));
        json(
                "message/system/publish_template",
                SUCCESS,
                Map.of(
                        "fromUserId",
                        ALICE,
                        "objectName",
                        "RC:TxtMsg",
                        "content",
                        "{\"content\":\"{c}\"}",
                        "toUserId",
                        List.of(ALICE),
                        "values",
                        List.of(Map.of("{c}", "x"))));
        json(
                "push",
                SUCCESS,
                Map.of(
                        "platform",
                        List.of("ios"),
                        "audience",
                        Map.of("is_to_all", false, "userid", List.of(ALICE)),
                        "notification",
                        Map.of("alert", "x")));
        json("push/user", SUCCESS, Map.of("userIds", List.of(ALICE), "notification", Map.of("pushContent", "x")));
    }

    private static void users() {
        Form alice = Form.of("userId", ALICE);
        form("user/getToken", SUCCESS, alice.and("name", "Mallory"));
        form("user/refresh", NO_SUCH_THING, alice.and("name", "Mallory"));
        form("user/info", NO_SUCH_THING, alice);
        form("user/checkOnline", SUCCESS, alice);
        form("user/token/expire", SUCCESS, alice.and("time", "1700000000000"));
        form("user/block", SUCCESS, alice.and("minute", "5"));
        form("user/unblock", SUCCESS, alice);
        form("user/block/query", SUCCESS, Form.of("page", "1"));
        form(
                "user/blockPushPeriod/set",
                SUCCESS,
                alice.and("startTime", "10:00:00").and("period", "5"));
        form("user/blockPushPeriod/get", SUCCESS, alice);
        form("user/blockPushPeriod/delete", SUCCESS, alice);
        form("user/group/query", SUCCESS, alice);
        form("user/tags/get", SUCCESS, Form.of("userIds", ALICE));
        json("user/tag/set", NO_SUCH_THING, Map.of("userId", ALICE, "tags", List.of("x")));
        json("user/tag/batch/set", NO_SUCH_THING, Map.of("userIds", List.of(ALICE), "tags", List.of("x")));
    }

    private static void groups() {
        Form member = Form.of("userId", ALICE).and("groupId", "g1");
        form("group/create", SUCCESS, member.and("groupName", "Mine"));
        form("group/join", SUCCESS, member);
        form("group/quit", SUCCESS, member);
        form("group/dismiss", SUCCESS, member);
        form("group/refresh", NO_SUCH_THING, Form.of("groupId", "g1").and("groupName", "Mine"));
        form("group/sync", SUCCESS, Form.of("userId", ALICE).and("group[g2]", "Mine"));
        form("group/user/query", NO_SUCH_THING, Form.of("groupId", "g1"));
    }

    private static void own() {
        String devices = "/fanfare/v1/devices";
        String broadcasts = "/fanfare/v1/broadcasts";
        put(
                "POST " + devices,
                SUCCESS,
                who -> who.json(devices, Map.of("userId", ALICE, "deviceId", "d", "provider", "fcm", "token", "t")));
        put("GET " + devices, SUCCESS, who -> who.send(devices + "?userId=" + ALICE, HttpRequest.Builder::GET));
        put(
                "DELETE " + devices,
                SUCCESS,
                who -> who.send(devices + "?userId=" + ALICE + "&deviceId=d", HttpRequest.Builder::DELETE));
        put(
                "DELETE /fanfare/v1/users/{userId}",
                SUCCESS,
                who -> who.send("/fanfare/v1/users/" + ALICE, HttpRequest.Builder::DELETE));
        put(
                "GET /fanfare/v1/messages/{messageUID}",
                SUCCESS,
                who -> who.send("/fanfare/v1/messages/" + UID, HttpRequest.Builder::GET));
        put(
                "POST " + broadcasts,
                SUCCESS,
                who -> who.json(
                        broadcasts,
                        Map.of(
                                "fromUserId", ALICE,
                                "objectName", "RC:TxtMsg",
                                "content", "x",
                                "inApp", "KEPT",
                                "pushTo", "OFFLINE",
                                "audience", Map.of("userIds", List.of(ALICE)))));
        put("GET " + broadcasts, SUCCESS, who -> who.send(broadcasts, HttpRequest.Builder::GET));
        put(
                "GET " + broadcasts + "/{messageUID}",
                SUCCESS,
                who -> who.send(broadcasts + "/" + UID, HttpRequest.Builder::GET));
        for (String action : List.of("pause", "resume", "cancel")) {
            put(
                    "POST " + broadcasts + "/{messageUID}/" + action,
                    SUCCESS,
                    who -> who.send(
                            broadcasts + "/" + UID + "/" + action, request -> request.POST(BodyPublishers.noBody())));
        }
    }

    private static void zim() {
        Map<String, ?> message = Map.of("Message", "hello");
        zim("SendMessageToAllUsers", 0, Map.of("FromUserId", MALLORY, "MessageType", 1, "MessageBody", message));
        zim(
                "SendPeerMessage",
                NO_SUCH_USER,
                Map.of(
                        "FromUserId",
                        MALLORY,
                        "ToUserId",
                        List.of(ALICE),
                        "MessageType",
                        1,
                        "Priority",
                        1,
                        "MessageBody",
                        message));
        zim(
                "SendGroupMessage",
                NO_SUCH_GROUP,
                Map.of(
                        "FromUserId",
                        MALLORY,
                        "GroupId",
                        "g1",
                        "MessageType",
                        1,
                        "Priority",
                        1,
                        "MessageBody",
                        message));
        zim("UserRegister", 0, Map.of("UserInfo", List.of(Map.of("UserId", ALICE, "UserName", "Mallory"))));
        zim("ModifyUserInfo", 660_700_012, Map.of("UserInfo", List.of(Map.of("UserId", ALICE, "UserName", "Mallory"))));
        zim("QueryUserInfos", NO_SUCH_USER, Map.of("UserIds", List.of(ALICE)));
        put("ZIM QueryUserOnlineState", 660_200_001, who -> who.app()
                .get("QueryUserOnlineState", "UserId[]=" + ALICE)
                .body());
        zim("CreateGroup", 0, Map.of("GroupOwner", MALLORY, "GroupId", "g1", "UserId", List.of(ALICE)));
        zim(
                "InviteUsersIntoGroup",
                NO_SUCH_GROUP,
                Map.of("FromUserId", MALLORY, "GroupId", "g1", "UserIds", List.of(ALICE)));
        zim(
                "KickoutGroupUser",
                NO_SUCH_GROUP,
                Map.of("FromUserId", MALLORY, "GroupId", "g1", "UserId", List.of(ALICE)));
        put("ZIM DismissGroup", NO_SUCH_GROUP, who -> who.app()
                .get("DismissGroup", "FromUserId=" + MALLORY + "&GroupId=g1")
                .body());
        zim("QueryGroupMemberList", NO_SUCH_GROUP, Map.of("GroupId", "g1", "Limit", 100));
    }

    private static Form text() {
        return Form.of("fromUserId", ALICE).and("objectName", "RC:TxtMsg").and("content", "x");
    }

    private static void form(String endpoint, int code, Form form) {
        String path = "/" + endpoint + ".json";
        put("POST " + path, code, who -> who.form(path, form));
    }

    private static void json(String endpoint, int code, Object body) {
        String path = "/" + endpoint + ".json";
        put("POST " + path, code, who -> who.json(path, body));
    }

    private static void zim(String action, int code, Map<String, ?> body) {
        put("ZIM " + action, code, who -> who.zim(action, body));
    }

    private static void put(String route, int code, Function<Attacker, JsonNode> call) {
        ALL.put(route, new Attack(code, call));
    }
}
