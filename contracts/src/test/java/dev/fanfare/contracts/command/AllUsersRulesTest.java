package dev.fanfare.contracts.command;

import static dev.fanfare.contracts.command.RuleRow.accepts;
import static dev.fanfare.contracts.command.RuleRow.refuses;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.Limits;
import dev.fanfare.contracts.command.Violation.Kind;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The rules for messages to all users and for recalls, as rows like those of {@link CommandRulesTest}. */
class AllUsersRulesTest {

    private static final String UID = "5FGT-7VA9-G4DD-4V5P";

    private static final List<RuleRow> ALL_USERS = List.of(
            accepts("a plain command", c -> {}),
            accepts("a messageUID", c -> c.put("messageUID", UID)),
            refuses("messageUID", Kind.MALFORMED, c -> c.put("messageUID", "5FGT")),
            refuses("inApp", Kind.MISSING, c -> c.remove("inApp")),
            refuses("pushTo", Kind.MISSING, c -> c.remove("pushTo")),
            refuses("pushTo", Kind.MALFORMED, c -> pushOnly(c).put("pushTo", "NONE")),
            accepts("a push only", AllUsersRulesTest::pushOnly),
            accepts("a push only of a sender", c -> pushOnly(c).put("fromUserId", "system")),
            refuses("fromUserId", Kind.TOO_LONG, c -> pushOnly(c).put("fromUserId", "x".repeat(Limits.ID_CHARS + 1))),
            refuses("fromUserId", Kind.MISSING, c -> c.remove("fromUserId")),
            refuses("objectName", Kind.MISSING, c -> c.remove("objectName")),
            refuses("objectName", Kind.MALFORMED, c -> c.put("objectName", "ZIM:1")),
            refuses("content", Kind.MISSING, c -> c.remove("content")),
            refuses("content", Kind.MISSING, c -> pushOnly(c)
                    .put("fromUserId", "system")
                    .put("objectName", "RC:TxtMsg")),
            refuses("push", Kind.MISSING, c -> c.remove("push")),
            accepts("nobody's device", c -> c.put("pushTo", "NONE").remove("push")),
            refuses("push.title", Kind.TOO_LONG, c -> push(c).put("title", "x".repeat(Limits.PUSH_TEXT_BYTES + 1))),
            refuses("push.content", Kind.TOO_LONG, c -> push(c).put("content", "x".repeat(Limits.PUSH_TEXT_BYTES + 1))),
            refuses("push.data", Kind.TOO_LONG, c -> push(c).put("data", "x".repeat(Limits.PUSH_TEXT_BYTES + 1))),
            refuses("push.ext", Kind.MALFORMED, c -> push(c).put("ext", "[]")),
            refuses("push.contentAvailable", Kind.MALFORMED, c -> push(c).put("contentAvailable", 2)),
            accepts(
                    "two platforms",
                    c -> push(c).putArray("platforms").add("iOS").add("Web")),
            refuses("push.platforms", Kind.MALFORMED, c -> push(c).putArray("platforms")),
            refuses("push.platforms", Kind.MALFORMED, c -> push(c).putArray("platforms")
                    .add("Symbian")),
            refuses("push.platforms", Kind.MALFORMED, c -> push(c).putArray("platforms")
                    .addNull()),
            accepts("a message of ZIM", c -> zim(c)),
            accepts("a picture of ZIM", c -> zim(c).put("messageType", 11)),
            accepts("the highest sub type", c -> zim(c).put("subMsgType", 200)),
            refuses("zim", Kind.MALFORMED, c -> c.putObject("zim")
                    .put("messageType", 1)
                    .put("message", "hi")),
            refuses("zim.messageType", Kind.MISSING, c -> zim(c).remove("messageType")),
            refuses("zim.messageType", Kind.MALFORMED, c -> zim(c).put("messageType", 2)),
            refuses("zim.subMsgType", Kind.MALFORMED, c -> zim(c).put("subMsgType", 201)),
            refuses("zim.subMsgType", Kind.MALFORMED, c -> zim(c).put("subMsgType", -1)),
            refuses("zim.message", Kind.MISSING, c -> zim(c).put("message", "")),
            refuses("zim.message", Kind.TOO_LONG, c -> zim(c).put("message", "x".repeat(Limits.CONTENT_BYTES + 1))),
            refuses("zim.extendedData", Kind.TOO_LONG, c -> zim(c).put(
                            "extendedData", "x".repeat(Limits.CONTENT_BYTES + 1))),
            accepts("some users", c -> many(audience(c).putArray("userIds"), Limits.USERS_PER_AUDIENCE)),
            accepts("users with tags", c -> {
                many(audience(c).putArray("tags"), Limits.TAGS);
                many(audience(c).putArray("anyTags"), Limits.TAGS);
            }),
            refuses("audience", Kind.MALFORMED, AllUsersRulesTest::audience),
            refuses("audience.userIds", Kind.MISSING, c -> audience(c).putArray("userIds")),
            refuses(
                    "audience.userIds",
                    Kind.TOO_MANY,
                    c -> many(audience(c).putArray("userIds"), Limits.USERS_PER_AUDIENCE + 1)),
            refuses("audience.tags", Kind.TOO_MANY, c -> many(audience(c).putArray("tags"), Limits.TAGS + 1)),
            refuses("audience.anyTags", Kind.TOO_MANY, c -> many(audience(c).putArray("anyTags"), Limits.TAGS + 1)),
            refuses("audience.tags", Kind.MALFORMED, c -> audience(c)
                    .putArray("tags")
                    .add("a\nb")),
            refuses("inApp", Kind.MALFORMED, c -> {
                c.put("inApp", "LIVE");
                many(audience(c).putArray("userIds"), 1);
            }),
            accepts("a time", c -> c.putObject("schedule").put("sendAt", 1)),
            accepts(
                    "a rule",
                    c -> c.putObject("schedule").put("cron", "0 9 * * 1").put("timeZone", "Europe/Berlin")),
            refuses("schedule", Kind.MALFORMED, c -> c.putObject("schedule")),
            refuses("schedule.timeZone", Kind.MALFORMED, c -> c.putObject("schedule")
                    .put("sendAt", 1)
                    .put("timeZone", "Atlantis/Main Street")));

    private static final List<RuleRow> RECALL = List.of(
            accepts("a plain command", c -> {}),
            accepts("a user", c -> c.put("toUserId", "u1")),
            accepts("all fields", c -> c.put("messageUID", UID)
                    .put("sentTime", 1)
                    .put("isAdmin", 1)
                    .put("isDelete", 0)
                    .put("extra", "why")
                    .put("disableUpdateLastMsg", true)),
            refuses("messageUID", Kind.MALFORMED, c -> c.put("messageUID", "5FGT")),
            refuses("recalledUID", Kind.MISSING, c -> c.remove("recalledUID")),
            refuses("recalledUID", Kind.MALFORMED, c -> c.put("recalledUID", "5FGT")),
            refuses("fromUserId", Kind.MISSING, c -> c.remove("fromUserId")),
            refuses("toUserId", Kind.MISSING, c -> c.put("toUserId", "")),
            refuses("isAdmin", Kind.MALFORMED, c -> c.put("isAdmin", 2)),
            refuses("isDelete", Kind.MALFORMED, c -> c.put("isDelete", -1)),
            refuses("extra", Kind.TOO_LONG, c -> c.put("extra", "x".repeat(Limits.PUSH_TEXT_BYTES + 1))));

    @ParameterizedTest
    @FieldSource("ALL_USERS")
    void allUsers(RuleRow row) {
        ObjectNode command = Json.mapper()
                .createObjectNode()
                .put("fromUserId", "system")
                .put("objectName", "RC:TxtMsg")
                .put("content", "{\"content\":\"hi\"}")
                .put("inApp", "KEPT")
                .put("pushTo", "OFFLINE");
        command.putObject("push").put("content", "hi");
        row.check(command, AllUsersCommand.class, CommandRules::check);
    }

    @ParameterizedTest
    @FieldSource("RECALL")
    void recall(RuleRow row) {
        ObjectNode command = Json.mapper()
                .createObjectNode()
                .put("recalledUID", "5FGT-7VA9-G4DD-4V5Q")
                .put("fromUserId", "system");
        row.check(command, RecallCommand.class, CommandRules::check);
    }

    private static ObjectNode pushOnly(ObjectNode command) {
        command.remove(List.of("fromUserId", "objectName", "content"));
        return command.put("inApp", "NONE");
    }

    private static ObjectNode push(ObjectNode command) {
        return command.withObjectProperty("push");
    }

    private static ObjectNode zim(ObjectNode command) {
        command.remove(List.of("objectName", "content"));
        return command.putObject("zim").put("messageType", 1).put("message", "hi");
    }

    private static ObjectNode audience(ObjectNode command) {
        return command.withObjectProperty("audience");
    }

    private static void many(ArrayNode array, int count) {
        IntStream.range(0, count).forEach(i -> array.add("id-" + i));
    }
}
