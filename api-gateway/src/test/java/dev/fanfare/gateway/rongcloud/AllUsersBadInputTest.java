package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Limits;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.WrittenRecords;
import dev.fanfare.gateway.quota.QuotaWindow;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a message to all users, a push or a recall has its code, and nothing of it is accepted. */
@GatewayTest
class AllUsersBadInputTest {

    private static final int BAD = 1002;
    private static final int LONG = 1005;
    private static final String ID_TOO_LONG = "x".repeat(Limits.ID_CHARS + 1);
    private static final String TEXT_TOO_LONG = "x".repeat(Limits.PUSH_TEXT_BYTES + 1);
    private static final String EXT_TOO_LONG = "{\"title\":\"" + "x".repeat(Limits.PUSH_EXT_BYTES) + "\"}";
    private static final String UID = "5FGT-7VA9-G4DD-4V5P";

    private static WrittenRecords records;
    private static BackEnd app;

    @BeforeAll
    static void open() {
        records = new WrittenRecords();
        app = BackEnd.create()
                .change(Map.of(
                        "limits", QuotaWindow.all().collect(Collectors.toMap(QuotaWindow::name, window -> 1_000_000))));
    }

    @AfterAll
    static void close() {
        records.close();
    }

    /**
     * A bad call, and the code that it must get.
     *
     * @param text part of the error message
     */
    record Case(String path, String what, int code, String type, String body, String text) {

        @Override
        public String toString() {
            return path + " " + what;
        }
    }

    @ParameterizedTest
    @MethodSource({"broadcasts", "recalls", "pushes", "pushesToUsers", "ownBroadcasts"})
    void isRefusedAndLeavesNothing(Case bad) {
        // Given
        long before = records.count();

        // When
        Answer answer = app.post(bad.path(), bad.type(), bad.body());

        // Then
        answer.isRefused(400, bad.code()).says(bad.text());
        assertThat(records.count()).as("records").isEqualTo(before);
    }

    static Stream<Case> broadcasts() {
        Form good = Calls.broadcast();
        Stream<Case> required = Stream.of("fromUserId", "objectName", "content")
                .map(field -> form(Calls.ALL_USERS, field + " missing", BAD, good.without(field), field));
        return Stream.concat(
                required,
                Stream.of(
                        broadcast("fromUserId too long", LONG, good.with("fromUserId", ID_TOO_LONG), "fromUserId"),
                        broadcast("objectName reserved", BAD, good.with("objectName", "RC:Mine"), "objectName"),
                        broadcast("objectName of ZIM", BAD, good.with("objectName", "ZIM:1"), "objectName"),
                        broadcast("content too long", LONG, good.with("content", "x".repeat(131_073)), "content"),
                        broadcast("pushContent too long", LONG, good.and("pushContent", TEXT_TOO_LONG), "push"),
                        broadcast("pushData too long", LONG, good.and("pushData", TEXT_TOO_LONG), "push"),
                        broadcast("pushExt too long", LONG, good.and("pushExt", EXT_TOO_LONG), "push"),
                        broadcast("pushExt no JSON", BAD, good.and("pushExt", "x"), "pushConfigs"),
                        broadcast("contentAvailable 2", BAD, good.and("contentAvailable", 2), "contentAvailable"),
                        broadcast("os unknown", BAD, good.and("os", "Symbian"), "os"),
                        broadcast("os twice", BAD, good.and("os", "iOS").and("os", "Android"), "os"),
                        broadcast("msgRandom no number", BAD, good.and("msgRandom", "x"), "msgRandom"),
                        broadcast(
                                "disableUpdateLastMsg no flag",
                                BAD,
                                good.and("disableUpdateLastMsg", "maybe"),
                                "disableUpdateLastMsg")));
    }

    private static Case broadcast(String what, int code, Form form, String text) {
        return form(Calls.ALL_USERS, what, code, form, text);
    }

    static Stream<Case> recalls() {
        Form broadcast = Form.of("fromUserId", "2191").and("messageUID", UID);
        Form message = broadcast.and("conversationType", 6).and("targetId", "u1");
        Stream<Case> both = Stream.of(
                        Map.entry("/message/broadcast/recall.json", broadcast),
                        Map.entry("/message/recall.json", message))
                .flatMap(call -> Stream.of(
                        form(call, "fromUserId missing", BAD, form -> form.without("fromUserId"), "fromUserId"),
                        form(call, "fromUserId too long", LONG, form -> form.with("fromUserId", ID_TOO_LONG), "64"),
                        form(call, "messageUID missing", BAD, form -> form.without("messageUID"), "messageUID"),
                        form(call, "messageUID bad", BAD, form -> form.with("messageUID", "1"), "messageUID must"),
                        form(call, "sentTime no number", BAD, form -> form.and("sentTime", "now"), "sentTime"),
                        form(call, "sentTime 0", BAD, form -> form.and("sentTime", 0), "sentTime"),
                        form(call, "isAdmin 2", BAD, form -> form.and("isAdmin", 2), "isAdmin"),
                        form(call, "isDelete -1", BAD, form -> form.and("isDelete", -1), "isDelete"),
                        form(call, "extra too long", LONG, form -> form.and("extra", TEXT_TOO_LONG), "extra"),
                        form(
                                call,
                                "disableUpdateLastMsg no flag",
                                BAD,
                                form -> form.and("disableUpdateLastMsg", "maybe"),
                                "disableUpdateLastMsg")));
        var call = Map.entry("/message/recall.json", message);
        return Stream.concat(
                both,
                Stream.of(
                        form(call, "no type", BAD, form -> form.without("conversationType"), "conversationType"),
                        form(call, "a group", BAD, form -> form.with("conversationType", 3), "must be 6"),
                        form(call, "a chat room", BAD, form -> form.with("conversationType", 4), "must be 6"),
                        form(call, "an ultra group", BAD, form -> form.with("conversationType", 10), "must be 6"),
                        form(call, "type no number", BAD, form -> form.with("conversationType", "x"), "whole number"),
                        form(call, "targetId missing", BAD, form -> form.without("targetId"), "targetId"),
                        form(call, "targetId too long", LONG, form -> form.with("targetId", ID_TOO_LONG), "targetId")));
    }

    static Stream<Case> pushes() {
        return Stream.of(
                push("no platform", BAD, call -> call.remove("platform"), "platform is required"),
                push("platform empty", BAD, call -> call.putArray("platform"), "platform is required"),
                push("platform unknown", BAD, call -> call.putArray("platform").add("web"), "platform must"),
                push("platform null", BAD, call -> call.putArray("platform").addNull(), "platform must"),
                push("platform no list", BAD, call -> call.put("platform", "ios"), "platform must be an array"),
                push("no audience", BAD, call -> call.remove("audience"), "audience is required"),
                push("audience no object", BAD, call -> call.put("audience", "all"), "audience must be an object"),
                audience("no is_to_all", BAD, to -> to.remove("is_to_all"), "audience.is_to_all is required"),
                audience("is_to_all no flag", BAD, to -> to.put("is_to_all", "x"), "audience.is_to_all must be"),
                audience("nobody", BAD, to -> to.put("is_to_all", false), "audience must have"),
                audience("empty lists", BAD, to -> lists(to, 0), "audience must have"),
                audience("tag no list", BAD, to -> some(to).put("tag", "a"), "audience.tag must be an array"),
                audience("too many tags", BAD, to -> many(some(to).putArray("tag"), 21), "audience.tag has"),
                audience("too many of tag_or", BAD, to -> many(some(to).putArray("tag_or"), 21), "audience.tag_or has"),
                audience("a tag too long", LONG, to -> some(to).putArray("tag").add(ID_TOO_LONG), "audience.tag"),
                audience("a tag null", BAD, to -> some(to).putArray("tag_or").addNull(), "audience.tag_or"),
                audience("too many ids", BAD, to -> many(some(to).putArray("userid"), 1001), "audience.userid has"),
                audience(
                        "an id too long",
                        LONG,
                        to -> some(to).putArray("userid").add(ID_TOO_LONG),
                        "audience.userid"),
                audience("an id null", BAD, to -> some(to).putArray("userid").addNull(), "audience.userid"),
                audience(
                        "a package",
                        BAD,
                        to -> some(to).put("packageName", "com.x")
                                .putArray("tag")
                                .add("a"),
                        "audience.packageName is not supported"),
                push("no notification", BAD, call -> call.remove("notification"), "notification is required"),
                push("notification no object", BAD, call -> call.put("notification", 1), "notification must be"),
                notification("no alert", BAD, it -> it.remove("alert"), "notification.alert is required"),
                notification(
                        "an alert for one only", BAD, AllUsersBadInputTest::forOne, "notification.alert is required"),
                notification("alert an object", BAD, it -> it.putObject("alert"), "notification.alert"),
                notification("alert too long", LONG, it -> it.put("alert", TEXT_TOO_LONG), "notification.alert"),
                notification("title too long", LONG, it -> it.put("title", "汤".repeat(51)), "notification.title"),
                notification("ios no object", BAD, it -> it.put("ios", "x"), "notification.ios must be an object"),
                ios("alert too long", LONG, it -> it.put("alert", TEXT_TOO_LONG), "iOS: alert"),
                ios("title too long", LONG, it -> it.put("title", "x".repeat(51)), "notification.ios.title"),
                ios("badge too high", BAD, it -> it.put("badge", 10_000), "notification.ios.badge"),
                ios("badge no number", BAD, it -> it.put("badge", "x"), "notification.ios.badge"),
                ios(
                        "contentAvailable 2",
                        BAD,
                        it -> it.put("contentAvailable", 2),
                        "notification.ios.contentAvailable"),
                ios("extras no object", BAD, it -> it.put("extras", "x"), "notification.ios.extras"),
                ios("extras too long", LONG, it -> it.putObject("extras").put("x", TEXT_TOO_LONG), "extras"),
                ios(
                        "settings too long",
                        LONG,
                        it -> it.put("category", "x".repeat(8192)),
                        "notification without its text"),
                notification(
                        "hw no object",
                        BAD,
                        it -> it.putObject("android").put("hw", "x"),
                        "notification.android.hw must be an object"),
                push(
                        "a message without its sender",
                        BAD,
                        call -> call.putObject("message").put("objectName", "A").put("content", "x"),
                        "fromuserid is required"),
                message("objectName missing", BAD, it -> it.remove("objectName"), "objectName"),
                message("objectName reserved", BAD, it -> it.put("objectName", "RC:Mine"), "objectName"),
                message("content missing", BAD, it -> it.remove("content"), "content"),
                message("content too long", LONG, it -> it.put("content", "x".repeat(131_073)), "content"),
                push("message no object", BAD, call -> call.put("message", "x"), "message must be an object"),
                new Case(Calls.PUSH, "no JSON", BAD, BackEnd.JSON, "{", "JSON"),
                new Case(Calls.PUSH, "an array", BAD, BackEnd.JSON, "[]", "JSON object"));
    }

    private static void forOne(ObjectNode notification) {
        notification.remove("alert");
        notification.putObject("ios").put("alert", "for iOS");
    }

    private static ObjectNode some(ObjectNode audience) {
        return audience.put("is_to_all", false);
    }

    private static void lists(ObjectNode audience, int size) {
        Stream.of("tag", "tag_or", "userid")
                .forEach(field -> many(some(audience).putArray(field), size));
    }

    private static void many(ArrayNode list, int count) {
        IntStream.range(0, count).forEach(i -> list.add("x" + i));
    }

    private static Case push(String what, int code, Consumer<ObjectNode> spoil, String text) {
        return json(Calls.PUSH, Calls.push(), what, code, spoil, text);
    }

    private static Case audience(String what, int code, Consumer<ObjectNode> spoil, String text) {
        return push(what, code, call -> spoil.accept(call.withObject("audience")), text);
    }

    private static Case notification(String what, int code, Consumer<ObjectNode> spoil, String text) {
        return push(what, code, call -> spoil.accept(call.withObject("notification")), text);
    }

    private static Case ios(String what, int code, Consumer<ObjectNode> spoil, String text) {
        return notification("ios: " + what, code, it -> spoil.accept(it.putObject("ios")), text);
    }

    private static Case message(String what, int code, Consumer<ObjectNode> spoil, String text) {
        return push(
                "message: " + what,
                code,
                call -> spoil.accept(call.put("fromuserid", "2191")
                        .putObject("message")
                        .put("objectName", "RC:TxtMsg")
                        .put("content", Calls.CONTENT)),
                text);
    }

    static Stream<Case> pushesToUsers() {
        return Stream.of(
                pushToUser("no users", BAD, call -> call.remove("userIds"), "userIds is required"),
                pushToUser("users empty", BAD, call -> call.putArray("userIds"), "userIds is required"),
                pushToUser("users no list", BAD, call -> call.put("userIds", "u1"), "userIds must be an array"),
                pushToUser("too many users", BAD, call -> many(call.putArray("userIds"), 101), "100"),
                pushToUser(
                        "a user too long",
                        LONG,
                        call -> call.putArray("userIds").add(ID_TOO_LONG),
                        "userIds"),
                pushToUser("a user null", BAD, call -> call.putArray("userIds").addNull(), "userIds"),
                pushToUser("no notification", BAD, call -> call.remove("notification"), "notification is required"),
                pushToUser(
                        "no pushContent",
                        BAD,
                        call -> call.withObject("notification").remove("pushContent"),
                        "notification.pushContent is required"),
                pushToUser(
                        "pushContent too long",
                        LONG,
                        call -> call.withObject("notification").put("pushContent", TEXT_TOO_LONG),
                        "notification.pushContent"),
                pushToUser(
                        "title too long",
                        LONG,
                        call -> call.withObject("notification").put("title", "x".repeat(51)),
                        "notification.title"));
    }

    private static Case pushToUser(String what, int code, Consumer<ObjectNode> spoil, String text) {
        return json(Calls.PUSH_USER, Calls.pushUser(), what, code, spoil, text);
    }

    static Stream<Case> ownBroadcasts() {
        long now = Clock.systemUTC().millis();
        long day = 86_400_000;
        return Stream.of(
                own("no sender", BAD, call -> call.remove("fromUserId"), "fromUserId"),
                own("no objectName", BAD, call -> call.remove("objectName"), "objectName"),
                own("no content", BAD, call -> call.remove("content"), "content"),
                own("no inApp", BAD, call -> call.remove("inApp"), "inApp is required"),
                own("inApp unknown", BAD, call -> call.put("inApp", "kept"), "inApp must be one of"),
                own("no pushTo", BAD, call -> call.remove("pushTo"), "pushTo is required"),
                own("pushTo unknown", BAD, call -> call.put("pushTo", "SOME"), "pushTo must be one of"),
                own("to nobody", BAD, call -> call.put("inApp", "NONE").put("pushTo", "NONE"), "pushTo"),
                own("zim beside content", BAD, call -> call.putObject("zim").put("messageType", 1), "zim"),
                own("push no object", BAD, call -> call.put("push", "x"), "push must be an object"),
                own("push.title an object", BAD, call -> call.putObject("push").putObject("title"), "push.title"),
                own("push.content", LONG, call -> call.putObject("push").put("content", TEXT_TOO_LONG), "push.content"),
                own("push.ext no JSON", BAD, call -> call.putObject("push").put("ext", "x"), "push.ext"),
                own(
                        "platforms",
                        BAD,
                        call -> call.putObject("push").putArray("platforms").add("ios"),
                        "platforms"),
                own(
                        "no platform",
                        BAD,
                        call -> call.putObject("push").putArray("platforms").addNull(),
                        "platforms"),
                own("audience of nobody", BAD, call -> call.putObject("audience"), "audience must have"),
                own("audience no object", BAD, call -> call.put("audience", "x"), "audience must be an object"),
                own("no users", BAD, call -> call.putObject("audience").putArray("userIds"), "audience.userIds"),
                own("users", BAD, call -> many(call.putObject("audience").putArray("userIds"), 1001), "1000"),
                own("tags", BAD, call -> many(call.putObject("audience").putArray("tags"), 21), "audience.tags has"),
                own("anyTags", BAD, call -> many(call.putObject("audience").putArray("anyTags"), 21), "anyTags has"),
                own(
                        "a window for an audience",
                        BAD,
                        call -> call.put("inApp", "WINDOW")
                                .putObject("audience")
                                .putArray("tags")
                                .add("a"),
                        "inApp must be NONE or KEPT"),
                own("a field of another call", BAD, call -> call.put("schedule", "tomorrow"), "schedule is not"),
                own("sendAt no number", BAD, call -> call.put("sendAt", "tomorrow"), "sendAt"),
                own("sendAt in seconds", BAD, call -> call.put("sendAt", now / 1000), "sendAt must be ms"),
                own("sendAt long ago", BAD, call -> call.put("sendAt", now - 2 * day), "sendAt must be ms"),
                own("sendAt far away", BAD, call -> call.put("sendAt", now + 367 * day), "sendAt must be ms"),
                own("cron of four fields", BAD, call -> call.put("cron", "0 9 * *"), "schedule.cron"),
                own("cron that never comes", BAD, call -> call.put("cron", "0 0 31 2 *"), "schedule.cron"),
                own("a time zone alone", BAD, call -> call.put("timeZone", "UTC"), "schedule must have"),
                own(
                        "an unknown time zone",
                        BAD,
                        call -> call.put("cron", "0 9 * * *").put("timeZone", "Mars"),
                        "schedule.timeZone"),
                own("msgRandom no number", BAD, call -> call.put("msgRandom", "x"), "msgRandom"),
                new Case(Calls.BROADCASTS, "no body", 1003, BackEnd.JSON, "", ""),
                new Case(Calls.BROADCASTS, "no JSON", BAD, BackEnd.JSON, "x", "JSON"));
    }

    private static Case own(String what, int code, Consumer<ObjectNode> spoil, String text) {
        return json(Calls.BROADCASTS, Calls.ownBroadcast(), what, code, spoil, text);
    }

    private static Case json(
            String path, ObjectNode good, String what, int code, Consumer<ObjectNode> spoil, String text) {
        spoil.accept(good);
        return new Case(path, what, code, BackEnd.JSON, good.toString(), text);
    }

    private static Case form(String path, String what, int code, Form form, String text) {
        return new Case(path, what, code, BackEnd.FORM, form.body(), text);
    }

    private static Case form(
            Map.Entry<String, Form> call, String what, int code, UnaryOperator<Form> spoil, String text) {
        return form(call.getKey(), what, code, spoil.apply(call.getValue()), text);
    }
}
