package dev.fanfare.standalone.demo;

import dev.fanfare.contracts.Json;
import dev.fanfare.standalone.client.Form;
import dev.fanfare.standalone.client.GatewayClient;
import dev.fanfare.standalone.client.Reply;
import dev.fanfare.standalone.client.TemplateMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The messages of the demo, sent as an app's back end sends them. */
final class Script {

    static final String GROUP = "demo-team";
    static final String BROADCAST_TEXT = "The new version is out";
    static final String GROUP_TEXT = "Anna is typing";
    /** Whoever has not been given points has none. */
    static final Map<String, Integer> POINTS = Map.of("anna", 12, "ben", 7, "carl", 30, "dora", 5);

    private static final String SENDER = "news";
    private static final String TYPE = "RC:TxtMsg";

    private final GatewayClient backend;

    Script(GatewayClient backend) {
        this.backend = backend;
    }

    void createGroup(List<String> members) throws IOException, InterruptedException {
        backend.post(
                        "/group/create.json",
                        new Form()
                                .with("userId", members)
                                .with("groupId", GROUP)
                                .with("groupName", "Team"))
                .requireOk();
    }

    /** To everybody; returns the message's id. */
    String broadcast() throws IOException, InterruptedException {
        return backend.post("/message/online/broadcast.json", message(SENDER, BROADCAST_TEXT))
                .requireOk()
                .json()
                .path("messageUID")
                .asText();
    }

    /** To the group's members who are online, but not to the sender; returns the message's id. */
    String groupStatus(String sender) throws IOException, InterruptedException {
        return backend.post(
                        "/statusmessage/group/publish.json",
                        message(sender, GROUP_TEXT).with("toGroupId", GROUP))
                .requireOk()
                .messageUid(GROUP);
    }

    /** To each of the users with a text of its own; the answer has a message id for each. */
    Reply template(List<String> users) throws IOException, InterruptedException {
        List<TemplateMessage.Recipient> recipients = users.stream()
                .map(user -> new TemplateMessage.Recipient(user, Map.of("name", user, "points", points(user))))
                .toList();
        return backend.postJson(
                        TemplateMessage.PATH,
                        TemplateMessage.of(
                                SENDER,
                                TYPE,
                                content("Hello {name}, you have {points} points"),
                                recipients,
                                "{points} points for {name}"))
                .requireOk();
    }

    static String templateText(String user) {
        return "Hello " + user + ", you have " + points(user) + " points";
    }

    /** What a push says of the template message. */
    static String pushText(String user) {
        return points(user) + " points for " + user;
    }

    /** The content of a text message. */
    static String content(String text) {
        return new String(Json.write(Map.of("content", text)), StandardCharsets.UTF_8);
    }

    private static Form message(String sender, String text) {
        return new Form().with("fromUserId", sender).with("objectName", TYPE).with("content", content(text));
    }

    private static String points(String user) {
        return POINTS.getOrDefault(user, 0).toString();
    }
}
