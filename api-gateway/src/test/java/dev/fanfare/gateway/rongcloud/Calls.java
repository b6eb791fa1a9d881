package dev.fanfare.gateway.rongcloud;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.gateway.fixture.Form;

/** The paths, and a good call of each message with its required fields. */
final class Calls {

    static final String BROADCAST = "/message/online/broadcast.json";
    static final String GROUP_STATUS = "/statusmessage/group/publish.json";
    static final String SYSTEM = "/message/system/publish.json";
    static final String TEMPLATE = "/message/system/publish_template.json";

    static final String ALL_USERS = "/message/broadcast.json";
    static final String PUSH = "/push.json";
    static final String PUSH_USER = "/push/user.json";
    static final String BROADCASTS = "/fanfare/v1/broadcasts";

    static final String CONTENT = "{\"content\":\"hello\",\"extra\":\"helloExtra\"}";

    private Calls() {}

    static Form broadcast() {
        return Form.of("fromUserId", "2191").and("objectName", "RC:TxtMsg").and("content", CONTENT);
    }

    static Form groupStatus() {
        return broadcast().and("toGroupId", "g1");
    }

    static Form system() {
        return broadcast().and("toUserId", "u1");
    }

    static ObjectNode template() {
        ObjectNode call = Json.mapper().createObjectNode();
        call.put("fromUserId", "shop").put("objectName", "RC:TxtMsg").put("content", "{\"content\":\"{c}\"}");
        call.putArray("toUserId").add("u1").add("u2");
        call.putArray("values").addObject().put("{c}", "Tom");
        call.withArray("values").addObject().put("{c}", "Rose");
        return call;
    }

    static ObjectNode push() {
        ObjectNode call = Json.mapper().createObjectNode();
        call.putArray("platform").add("ios").add("android");
        call.putObject("audience").put("is_to_all", true);
        call.putObject("notification").put("alert", "this is a push");
        return call;
    }

    static ObjectNode pushUser() {
        ObjectNode call = Json.mapper().createObjectNode();
        call.putArray("userIds").add("u1").add("u2");
        call.putObject("notification").put("title", "Title").put("pushContent", "this is a push");
        return call;
    }

    static ObjectNode ownBroadcast() {
        return Json.mapper()
                .createObjectNode()
                .put("fromUserId", "2191")
                .put("objectName", "RC:TxtMsg")
                .put("content", CONTENT)
                .put("inApp", "KEPT")
                .put("pushTo", "OFFLINE");
    }
}
