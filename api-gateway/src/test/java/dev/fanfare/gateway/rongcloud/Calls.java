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
}
