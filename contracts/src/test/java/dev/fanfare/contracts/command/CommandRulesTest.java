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
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every rule as a row: a good command, one change to it, and what the rules say then. */
class CommandRulesTest {

    private static final String UID = "5FGT-7VA9-G4DD-4V5P";

    private static final List<RuleRow> BROADCAST = Stream.of(
                    message(),
                    List.of(
                            accepts("a messageUID", c -> c.put("messageUID", UID)),
                            accepts("disableUpdateLastMsg", c -> c.put("disableUpdateLastMsg", true)),
                            refuses("messageUID", Kind.MALFORMED, c -> c.put("messageUID", "XXXX-JJJJ-KKK-LLLL"))))
            .flatMap(List::stream)
            .toList();

    private static final List<RuleRow> GROUP_STATUS = Stream.of(
                    message(),
                    ids("toGroupId", Limits.GROUPS_PER_MESSAGE),
                    flag("isIncludeSender"),
                    uids("toGroupId", "groupId"),
                    zim(),
                    List.of(refuses("toGroupId", Kind.MALFORMED, c -> fill(c.putArray("toGroupId"), "g1", "g1"))))
            .flatMap(List::stream)
            .toList();

    private static final List<RuleRow> TEMPLATE = Stream.of(
                    message(),
                    ids("toUserId", Limits.USERS_PER_MESSAGE),
                    flag("contentAvailable"),
                    uids("toUserId", "userId"),
                    zim(),
                    List.of(
                            accepts("the longest name", c -> c.put("fromUserName", "é".repeat(Limits.NAME_CHARS))),
                            accepts("an empty name", c -> c.put("fromUserName", "")),
                            refuses("fromUserName", Kind.MALFORMED, c -> c.put("fromUserName", "a\nb")),
                            refuses(
                                    "fromUserName",
                                    Kind.TOO_LONG,
                                    c -> c.put("fromUserName", "x".repeat(Limits.NAME_CHARS + 1))),
                            accepts("no lists beside the users", c -> c.remove("values")),
                            refuses("values", Kind.MALFORMED, c -> {
                                ofZim(c);
                                c.putArray("values").addObject().put("{c}", "Tom");
                            }),
                            accepts("shorter lists, with nulls", c -> {
                                fill(c.putArray("toUserId"), "u1", "u2", "u3");
                                c.putArray("values").addNull();
                                c.putArray("pushContent").addNull().add("push");
                                c.putArray("pushData");
                            }),
                            accepts("the most placeholders", c -> values(c, Limits.PLACEHOLDERS_PER_USER)),
                            refuses("values", Kind.TOO_MANY, c -> values(c, Limits.PLACEHOLDERS_PER_USER + 1)),
                            accepts("the longest push text", c -> push(c, "pushContent", Limits.PUSH_TEXT_BYTES)),
                            refuses(
                                    "pushContent",
                                    Kind.TOO_LONG,
                                    c -> push(c, "pushContent", Limits.PUSH_TEXT_BYTES + 1)),
                            accepts("the longest push data", c -> push(c, "pushData", Limits.PUSH_TEXT_BYTES)),
                            refuses("pushData", Kind.TOO_LONG, c -> push(c, "pushData", Limits.PUSH_TEXT_BYTES + 1)),
                            accepts("the longest pushExt", c -> c.put("pushExt", pushExt(Limits.PUSH_EXT_BYTES))),
                            accepts("an empty pushExt", c -> c.put("pushExt", "")),
                            accepts(
                                    "a pushExt of the vendor's documents",
                                    c -> c.put(
                                            "pushExt",
                                            "{\"title\":\"t\",\"forceShowPushContent\":0,\"pushConfigs\":"
                                                    + "[{\"HW\":{\"channelId\":\"c\"}},{\"VIVO\":{\"classification\":\"0\"}}]}")),
                            refuses("pushExt", Kind.MALFORMED, c -> c.put("pushExt", "{\"title\":")),
                            refuses("pushExt", Kind.MALFORMED, c -> c.put("pushExt", "title")),
                            refuses("pushExt", Kind.MALFORMED, c -> c.put("pushExt", "[]")),
                            refuses("pushExt", Kind.MALFORMED, c -> c.put("pushExt", "{} {}")),
                            refuses("pushExt", Kind.MALFORMED, c -> c.put("pushExt", "{\"title\":7}")),
                            refuses("pushExt", Kind.MALFORMED, c -> c.put("pushExt", "{\"pushConfigs\":\"HW\"}")),
                            refuses(
                                    "pushExt",
                                    Kind.TOO_LONG,
                                    c -> c.put("pushExt", pushExt(Limits.PUSH_EXT_BYTES + 1))),
                            accepts("a content that renders to the limit", c -> rendered(c, Limits.CONTENT_BYTES)),
                            refuses("content", Kind.TOO_LONG, c -> rendered(c, Limits.CONTENT_BYTES + 1)),
                            refuses("content", Kind.TOO_LONG, c -> escaped(c)),
                            refuses("pushContent", Kind.TOO_LONG, c -> {
                                c.putArray("pushContent").add("{c}{c}");
                                c.putArray("values").addObject().put("{c}", "x".repeat(Limits.PUSH_TEXT_BYTES / 2 + 1));
                            })))
            .flatMap(List::stream)
            .toList();

    @ParameterizedTest
    @FieldSource("BROADCAST")
    void broadcast(RuleRow row) {
        row.check(command(), BroadcastCommand.class, CommandRules::check);
    }

    @ParameterizedTest
    @FieldSource("GROUP_STATUS")
    void groupStatus(RuleRow row) {
        ObjectNode command = command();
        command.putArray("toGroupId").add("g1");
        row.check(command, GroupStatusCommand.class, CommandRules::check);
    }

    @ParameterizedTest
    @FieldSource("TEMPLATE")
    void template(RuleRow row) {
        ObjectNode command = command();
        command.putArray("toUserId").add("u1");
        command.putArray("values").addObject().put("{c}", "Tom");
        row.check(command, TemplateCommand.class, CommandRules::check);
    }

    private static String pushExt(int bytes) {
        String frame = "{\"title\":\"\"}";
        return frame.replace("\"}", "x".repeat(bytes - frame.length()) + "\"}");
    }

    /** The fields that every message has. */
    private static List<RuleRow> message() {
        return List.of(
                accepts("a plain command", c -> {}),
                refuses("fromUserId", Kind.MISSING, c -> c.remove("fromUserId")),
                refuses("fromUserId", Kind.MISSING, c -> c.put("fromUserId", "")),
                refuses("fromUserId", Kind.MISSING, c -> c.put("fromUserId", "   ")),
                refuses("fromUserId", Kind.MALFORMED, c -> c.put("fromUserId", "a\tb")),
                accepts("the longest sender", c -> c.put("fromUserId", "é".repeat(Limits.ID_CHARS))),
                refuses("fromUserId", Kind.TOO_LONG, c -> c.put("fromUserId", "x".repeat(Limits.ID_CHARS + 1))),
                refuses("objectName", Kind.MISSING, c -> c.remove("objectName")),
                refuses("objectName", Kind.MISSING, c -> c.put("objectName", "")),
                accepts("the longest type", c -> c.put("objectName", "x".repeat(Limits.OBJECT_NAME_CHARS))),
                refuses(
                        "objectName",
                        Kind.TOO_LONG,
                        c -> c.put("objectName", "x".repeat(Limits.OBJECT_NAME_CHARS + 1))),
                accepts("a custom type", c -> c.put("objectName", "app:order")),
                refuses("objectName", Kind.MALFORMED, c -> c.put("objectName", "RC:MyOwn")),
                accepts("a type of a built-in family", c -> c.put("objectName", "RC:VCInvite")),
                refuses("content", Kind.MISSING, c -> c.remove("content")),
                refuses("content", Kind.MISSING, c -> c.put("content", "")),
                accepts("a content that is not JSON", c -> c.put("content", "anything")),
                accepts("the longest content", c -> c.put("content", "x".repeat(Limits.CONTENT_BYTES))),
                refuses("content", Kind.TOO_LONG, c -> c.put("content", "x".repeat(Limits.CONTENT_BYTES + 1))),
                accepts("the longest content in UTF-8", c -> c.put("content", "é".repeat(Limits.CONTENT_BYTES / 2))),
                refuses("content", Kind.TOO_LONG, c -> c.put("content", "é".repeat(Limits.CONTENT_BYTES / 2) + "x")));
    }

    /** A message of ZIM's API instead. */
    private static List<RuleRow> zim() {
        return List.of(
                accepts("a message of ZIM's API", CommandRulesTest::ofZim),
                refuses("fromUserId", Kind.MISSING, c -> ofZim(c).remove("fromUserId")),
                refuses("zim", Kind.MALFORMED, c -> ofZim(c).put("objectName", "RC:TxtMsg")),
                refuses("zim", Kind.MALFORMED, c -> ofZim(c).put("content", "hi")),
                refuses("zim.message", Kind.MISSING, c -> ofZim(c).putObject("zim")
                        .put("messageType", 1)),
                refuses("zim.messageType", Kind.MALFORMED, c -> ofZim(c).putObject("zim")
                        .put("messageType", 2)
                        .put("message", "hi")));
    }

    private static ObjectNode ofZim(ObjectNode command) {
        command.remove(List.of("objectName", "content", "values"));
        command.putObject("zim").put("messageType", 1).put("message", "hi");
        return command;
    }

    private static List<RuleRow> ids(String field, int limit) {
        return List.of(
                refuses(field, Kind.MISSING, c -> c.remove(field)),
                refuses(field, Kind.MISSING, c -> c.putArray(field)),
                refuses(field, Kind.MISSING, c -> c.putArray(field).addNull()),
                refuses(field, Kind.MISSING, c -> fill(c.putArray(field), "a", "")),
                refuses(field, Kind.MALFORMED, c -> fill(c.putArray(field), "a", "b\n")),
                accepts("the longest id", c -> fill(c.putArray(field), "x".repeat(Limits.ID_CHARS))),
                refuses(field, Kind.TOO_LONG, c -> fill(c.putArray(field), "a", "x".repeat(Limits.ID_CHARS + 1))),
                accepts("the most recipients", c -> many(c.putArray(field), limit)),
                refuses(field, Kind.TOO_MANY, c -> many(c.putArray(field), limit + 1)));
    }

    private static List<RuleRow> flag(String field) {
        return List.of(
                accepts(field + " 0", c -> c.put(field, 0)),
                accepts(field + " 1", c -> c.put(field, 1)),
                refuses(field, Kind.MALFORMED, c -> c.put(field, 2)),
                refuses(field, Kind.MALFORMED, c -> c.put(field, -1)));
    }

    private static List<RuleRow> uids(String field, String recipient) {
        return List.of(
                accepts("one id each, in order", c -> {
                    fill(c.putArray(field), "a", "b");
                    uid(c.putArray("messageUIDs"), recipient, "a", UID);
                    uid(c.withArray("messageUIDs"), recipient, "b", UID);
                }),
                refuses("messageUIDs", Kind.MALFORMED, c -> c.putArray("messageUIDs")),
                refuses("messageUIDs", Kind.MALFORMED, c -> c.putArray("messageUIDs")
                        .addNull()),
                refuses("messageUIDs", Kind.MALFORMED, c -> {
                    fill(c.putArray(field), "a", "b");
                    uid(c.putArray("messageUIDs"), recipient, "b", UID);
                    uid(c.withArray("messageUIDs"), recipient, "a", UID);
                }),
                refuses("messageUID", Kind.MALFORMED, c -> {
                    fill(c.putArray(field), "a");
                    uid(c.putArray("messageUIDs"), recipient, "a", "no id");
                }));
    }

    private static ObjectNode command() {
        return Json.mapper()
                .createObjectNode()
                .put("fromUserId", "system")
                .put("objectName", "RC:TxtMsg")
                .put("content", "{\"content\":\"hi\"}");
    }

    private static void fill(ArrayNode array, String... entries) {
        Stream.of(entries).forEach(array::add);
    }

    private static void many(ArrayNode array, int count) {
        IntStream.range(0, count).forEach(i -> array.add("id-" + i));
    }

    private static void uid(ArrayNode uids, String recipient, String id, String uid) {
        uids.addObject().put(recipient, id).put("messageUID", uid);
    }

    private static void values(ObjectNode command, int count) {
        ObjectNode values = command.putArray("values").addObject();
        IntStream.range(0, count).forEach(i -> values.put("{" + i + "}", "x"));
    }

    private static void push(ObjectNode command, String field, int bytes) {
        command.putArray(field).add("x".repeat(bytes));
    }

    private static void rendered(ObjectNode command, int bytes) {
        command.put("content", "{c}{c}" + "x".repeat(bytes % 2));
        command.putArray("values").addObject().put("{c}", "x".repeat(bytes / 2));
    }

    /** A value that is within the limit until its quotes are escaped. */
    private static void escaped(ObjectNode command) {
        command.put("content", "{\"content\":\"{c}\"}");
        command.putArray("values").addObject().put("{c}", "\"".repeat(Limits.CONTENT_BYTES / 2));
    }
}
