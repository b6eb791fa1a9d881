package dev.fanfare.gateway.rongcloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Limits;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.WrittenRecords;
import dev.fanfare.gateway.quota.EndpointQuota;
import dev.fanfare.gateway.quota.QuotaWindow;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every field missing, of the wrong type and one over its limit: each has its code, and nothing is accepted in part. */
@GatewayTest
class BadInputTest {

    private static final int BAD = 1002;
    private static final int LONG = 1005;
    private static final int EMPTY = 1003;
    private static final String CONTENT_TOO_LONG = "x".repeat(Limits.CONTENT_BYTES + 1);
    private static final String ID_TOO_LONG = "x".repeat(Limits.ID_CHARS + 1);
    private static final String TYPE_TOO_LONG = "x".repeat(Limits.OBJECT_NAME_CHARS + 1);

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

        Case(String path, String what, int code, String type, String body) {
            this(path, what, code, type, body, "");
        }

        static Case form(String path, String what, int code, Form form) {
            return new Case(path, what, code, BackEnd.FORM, form.body());
        }

        static Case form(String path, String what, int code, Form form, String text) {
            return new Case(path, what, code, BackEnd.FORM, form.body(), text);
        }

        static Case json(String what, int code, Consumer<ObjectNode> spoil) {
            ObjectNode call = Calls.template();
            spoil.accept(call);
            return new Case(Calls.TEMPLATE, what, code, BackEnd.JSON, call.toString());
        }

        @Override
        public String toString() {
            return path + " " + what;
        }
    }

    @ParameterizedTest
    @MethodSource({
        "anyMessageForm",
        "broadcasts",
        "groupStatuses",
        "systemMessages",
        "templates",
        "templateShapes",
        "userCalls",
        "blocks",
        "tags",
        "quietTimes",
        "devices",
        "groupCalls",
        "bodies"
    })
    void isRefusedAndLeavesNothing(Case bad) {
        // Given
        long before = records.count();

        // When
        Answer answer = app.post(bad.path(), bad.type(), bad.body());

        // Then
        answer.isRefused(400, bad.code()).says(bad.text());
        assertThat(answer.body().path("url").asText()).isEqualTo(bad.path());
        assertThat(records.count()).as("records").isEqualTo(before);
    }

    static Stream<Case> anyMessageForm() {
        return Stream.of(
                        Map.entry(Calls.BROADCAST, Calls.broadcast()),
                        Map.entry(Calls.GROUP_STATUS, Calls.groupStatus()),
                        Map.entry(Calls.SYSTEM, Calls.system()))
                .flatMap(message -> message(message.getKey(), message.getValue()));
    }

    private static Stream<Case> message(String path, Form good) {
        Stream<Case> required = Stream.of("fromUserId", "objectName", "content")
                .flatMap(field -> Stream.of(
                        Case.form(path, field + " missing", BAD, good.without(field)),
                        Case.form(path, field + " empty", BAD, good.with(field, "")),
                        Case.form(path, field + " given twice", BAD, good.and(field, "again"))));
        return Stream.concat(
                required,
                Stream.of(
                        Case.form(path, "fromUserId blank", BAD, good.with("fromUserId", "  ")),
                        Case.form(path, "fromUserId too long", LONG, good.with("fromUserId", ID_TOO_LONG)),
                        Case.form(path, "fromUserId with a line break", BAD, good.with("fromUserId", "u\n1")),
                        Case.form(path, "objectName too long", LONG, good.with("objectName", TYPE_TOO_LONG)),
                        Case.form(path, "objectName reserved", BAD, good.with("objectName", "RC:Mine")),
                        Case.form(path, "content too long", LONG, good.with("content", CONTENT_TOO_LONG)),
                        Case.form(path, "content too long in bytes", LONG, good.with("content", "ü".repeat(65_537))),
                        Case.form(path, "msgRandom no number", BAD, good.and("msgRandom", "random")),
                        Case.form(path, "msgRandom too big", BAD, good.and("msgRandom", "9223372036854775808"))));
    }

    static Stream<Case> broadcasts() {
        return Stream.of(
                Case.form(Calls.BROADCAST, "flag", BAD, Calls.broadcast().and("disableUpdateLastMsg", "maybe")));
    }

    static Stream<Case> groupStatuses() {
        Form good = Calls.groupStatus();
        String path = Calls.GROUP_STATUS;
        return Stream.of(
                Case.form(path, "toGroupId missing", BAD, good.without("toGroupId")),
                Case.form(path, "toGroupId empty", BAD, good.with("toGroupId", "")),
                Case.form(path, "one toGroupId empty", BAD, good.and("toGroupId", "")),
                Case.form(path, "four toGroupId", BAD, good.withMany("toGroupId", 4)),
                Case.form(path, "toGroupId too long", LONG, good.and("toGroupId", ID_TOO_LONG)),
                Case.form(path, "toGroupId twice the same", BAD, good.and("toGroupId", "g1")),
                Case.form(path, "isIncludeSender 2", BAD, good.and("isIncludeSender", 2)),
                Case.form(path, "isIncludeSender true", BAD, good.and("isIncludeSender", true)));
    }

    static Stream<Case> systemMessages() {
        Form good = Calls.system();
        String path = Calls.SYSTEM;
        return Stream.of(
                Case.form(path, "toUserId missing", BAD, good.without("toUserId")),
                Case.form(path, "one toUserId empty", BAD, good.and("toUserId", "")),
                Case.form(path, "101 toUserId", BAD, good.withMany("toUserId", 101)),
                Case.form(path, "toUserId too long", LONG, good.and("toUserId", ID_TOO_LONG)),
                Case.form(path, "pushContent too long", LONG, good.and("pushContent", "x".repeat(4097))),
                Case.form(path, "pushData too long", LONG, good.and("pushData", "x".repeat(4097))),
                Case.form(path, "pushExt too long", LONG, good.and("pushExt", "x".repeat(8193))),
                Case.form(path, "pushExt no JSON", BAD, good.and("pushExt", "{\"title\":"), "pushExt"),
                Case.form(path, "pushExt no object", BAD, good.and("pushExt", "[]"), "pushExt"),
                Case.form(path, "contentAvailable 2", BAD, good.and("contentAvailable", 2)),
                Case.form(path, "disablePush no flag", BAD, good.and("disablePush", "never")),
                Case.form(path, "disableUpdateLastMsg no flag", BAD, good.and("disableUpdateLastMsg", "x")),
                Case.form(
                        path,
                        "all of it too long",
                        LONG,
                        good.withMany("toUserId", 100)
                                .and("pushContent", "x".repeat(4096))
                                .and("pushData", "\"".repeat(4096))));
    }

    static Stream<Case> templates() {
        Stream<Case> required = Stream.of("fromUserId", "toUserId", "objectName", "content", "values")
                .flatMap(field -> Stream.of(
                        Case.json(field + " missing", BAD, call -> call.remove(field)),
                        Case.json(field + " null", BAD, call -> call.putNull(field)),
                        Case.json(field + " an object", BAD, call -> call.putObject(field))));
        return Stream.concat(
                required,
                Stream.of(
                        Case.json("fromUserId too long", LONG, call -> call.put("fromUserId", ID_TOO_LONG)),
                        Case.json("objectName too long", LONG, call -> call.put("objectName", TYPE_TOO_LONG)),
                        Case.json("objectName reserved", BAD, call -> call.put("objectName", "RC:Mine")),
                        Case.json("content too long", LONG, call -> call.put("content", CONTENT_TOO_LONG)),
                        Case.json("nobody", BAD, call -> call.putArray("toUserId")),
                        Case.json("a user null", BAD, call -> call.withArray("toUserId")
                                .addNull()),
                        Case.json("a user empty", BAD, call -> call.withArray("toUserId")
                                .add("")),
                        Case.json("a user too long", LONG, call -> call.withArray("toUserId")
                                .add(ID_TOO_LONG)),
                        Case.json("101 users", BAD, call -> {
                            for (int i = 0; i < 99; i++) {
                                call.withArray("toUserId").add("x" + i);
                            }
                        }),
                        Case.json("101 placeholders", BAD, call -> {
                            ObjectNode values = call.putArray("values").addObject();
                            for (int i = 0; i < 101; i++) {
                                values.put("{" + i + "}", "x");
                            }
                        }),
                        Case.json("content too long for one user", LONG, call -> {
                            call.put("content", "{c}".repeat(1000));
                            call.putArray("values").addObject().put("{c}", "x".repeat(132));
                        }),
                        Case.json("pushContent too long for one user", LONG, call -> {
                            call.putArray("pushContent").add("{c}{c}");
                            call.putArray("values").addObject().put("{c}", "x".repeat(2049));
                        }),
                        Case.json("pushData too long", LONG, call -> call.putArray("pushData")
                                .add("x".repeat(4097))),
                        Case.json("pushExt no JSON", BAD, call -> call.put("pushExt", "title")),
                        Case.json("pushExt an array", BAD, call -> call.putArray("pushExt")),
                        Case.json("pushExt too long", LONG, call -> call.put("pushExt", "x".repeat(8193)))));
    }

    static Stream<Case> templateShapes() {
        return Stream.of(
                Case.json("toUserId a string", BAD, call -> call.put("toUserId", "u1")),
                Case.json("a user an object", BAD, call -> call.withArray("toUserId")
                        .addObject()),
                Case.json("values a string", BAD, call -> call.put("values", "{}")),
                Case.json("values of strings", BAD, call -> call.putArray("values")
                        .add("Tom")),
                Case.json("a value an object", BAD, call -> call.putArray("values")
                        .addObject()
                        .putObject("{c}")),
                Case.json("pushContent a string", BAD, call -> call.put("pushContent", "hi")),
                Case.json("pushContent of objects", BAD, call -> call.putArray("pushContent")
                        .addObject()),
                Case.json("pushData a number", BAD, call -> call.put("pushData", 5)),
                Case.json("contentAvailable 2", BAD, call -> call.put("contentAvailable", 2)),
                Case.json("contentAvailable a list", BAD, call -> call.putArray("contentAvailable")),
                Case.json("disablePush no flag", BAD, call -> call.put("disablePush", "maybe")),
                Case.json("disableUpdateLastMsg no flag", BAD, call -> call.put("disableUpdateLastMsg", 7)),
                Case.json("msgRandom no number", BAD, call -> call.put("msgRandom", "x")));
    }

    static Stream<Case> userCalls() {
        Form user = Form.of("userId", "tom");
        Form expiry = user.and("time", 1);
        String getToken = "/user/getToken.json";
        String expire = "/user/token/expire.json";
        Stream<Case> userId = Stream.of(
                        getToken, "/user/refresh.json", "/user/info.json", "/user/checkOnline.json", expire)
                .flatMap(path -> Stream.of(
                        Case.form(path, "userId missing", BAD, expiry.with("userId", "")),
                        Case.form(path, "userId too long", LONG, expiry.with("userId", ID_TOO_LONG))));
        return Stream.concat(
                userId,
                Stream.of(
                        Case.form(getToken, "name too long", LONG, user.and("name", "x".repeat(65))),
                        Case.form(getToken, "name with a control character", BAD, user.and("name", "a\0b")),
                        Case.form(getToken, "portrait too long", LONG, user.and("portraitUri", "x".repeat(1025))),
                        Case.form(expire, "time missing", BAD, user),
                        Case.form(expire, "time no number", BAD, user.and("time", "now")),
                        Case.form(expire, "time negative", BAD, user.and("time", -1)),
                        Case.form(expire, "21 users", BAD, expiry.withMany("userId", 21)),
                        Case.form(expire, "an empty id between commas", BAD, expiry.with("userId", "a,,b"))));
    }

    static Stream<Case> blocks() {
        String block = "/user/block.json";
        String unblock = "/user/unblock.json";
        String query = "/user/block/query.json";
        Form good = Form.of("userId", "tom").and("minute", 1);
        Stream<Case> userId = Stream.of(block, unblock)
                .flatMap(path -> Stream.of(
                        Case.form(path, "userId missing", BAD, good.without("userId"), "userId is required"),
                        Case.form(path, "userId empty", BAD, good.with("userId", ""), "userId"),
                        Case.form(path, "one userId empty", BAD, good.and("userId", ""), "userId"),
                        Case.form(path, "userId dots", BAD, good.and("userId", ".."), "userId must not be dots alone"),
                        Case.form(path, "userId too long", LONG, good.and("userId", ID_TOO_LONG), "userId"),
                        Case.form(path, "userId with a line break", BAD, good.and("userId", "u\n1"), "userId"),
                        Case.form(
                                path,
                                "21 users",
                                BAD,
                                good.withMany("userId", 21),
                                "userId has more than 20 entries")));
        String range = "minute must be from 1 to 43200";
        Stream<Case> minute = Stream.of(
                Case.form(block, "minute missing", BAD, good.without("minute"), "minute is required"),
                Case.form(block, "minute empty", BAD, good.with("minute", ""), "minute is required"),
                Case.form(block, "minute given twice", BAD, good.and("minute", 2), "minute is given more than once"),
                Case.form(block, "minute no number", BAD, good.with("minute", "1.5"), "minute must be a whole number"),
                Case.form(block, "minute 0", BAD, good.with("minute", 0), range),
                Case.form(block, "minute negative", BAD, good.with("minute", -1), range),
                Case.form(block, "minute 43201", BAD, good.with("minute", 43_201), range),
                Case.form(block, "minute huge", BAD, good.with("minute", 1L << 40), "minute is out of range"));
        Stream<Case> page = Stream.of(
                Case.form(query, "page no number", BAD, Form.of("page", "first"), "page must be a whole number"),
                Case.form(query, "page negative", BAD, Form.of("page", -1), "page must be at least 0"),
                Case.form(query, "size no number", BAD, Form.of("size", "all"), "size must be a whole number"),
                Case.form(query, "size 0", BAD, Form.of("size", 0), "size must be from 1 to 1000"),
                Case.form(query, "size 1001", BAD, Form.of("size", 1001), "size must be from 1 to 1000"));
        return Stream.of(userId, minute, page).flatMap(cases -> cases);
    }

    static Stream<Case> groupCalls() {
        Form good = Form.of("userId", "u1").and("groupId", "g1").and("groupName", "Group");
        Stream<Case> ids = Stream.of("create", "join", "quit", "dismiss")
                .map(call -> "/group/" + call + ".json")
                .flatMap(path -> Stream.of(
                        Case.form(path, "userId missing", BAD, good.without("userId")),
                        Case.form(path, "userId too long", LONG, good.with("userId", ID_TOO_LONG)),
                        Case.form(path, "groupId missing", BAD, good.without("groupId")),
                        Case.form(path, "groupId too long", LONG, good.with("groupId", ID_TOO_LONG)),
                        Case.form(path, "groupId that is no path", BAD, good.with("groupId", ".."))));
        Stream<Case> others = Stream.of(
                Case.form("/group/create.json", "1001 users", BAD, good.withMany("userId", 1001)),
                Case.form("/group/join.json", "1001 users", BAD, good.withMany("userId", 1001)),
                Case.form("/group/quit.json", "1001 users", BAD, good.withMany("userId", 1001)),
                Case.form("/group/create.json", "groupName missing", BAD, good.without("groupName")),
                Case.form("/group/create.json", "groupName too long", LONG, good.with("groupName", "x".repeat(65))),
                Case.form("/group/create.json", "maxMember 0", BAD, good.and("maxMember", 0)),
                Case.form("/group/create.json", "maxMember no number", BAD, good.and("maxMember", "many")),
                Case.form("/group/refresh.json", "groupId missing", BAD, good.without("groupId")),
                Case.form("/group/refresh.json", "groupName missing", BAD, good.without("groupName")),
                Case.form("/group/refresh.json", "groupName too long", LONG, good.with("groupName", "x".repeat(65))),
                Case.form("/group/user/query.json", "groupId missing", BAD, good.without("groupId")),
                Case.form("/user/group/query.json", "userId missing", BAD, good.without("userId")),
                Case.form("/user/group/query.json", "userId that is no path", BAD, good.with("userId", ".")),
                Case.form("/group/sync.json", "userId missing", BAD, Form.of("group[g1]", "Group")),
                Case.form("/group/sync.json", "group id missing", BAD, good.and("group[]", "Group")),
                Case.form("/group/sync.json", "group id too long", LONG, good.and("group[" + ID_TOO_LONG + "]", "G")),
                Case.form("/group/sync.json", "a name too long", LONG, good.and("group[g1]", "x".repeat(65))));
        return Stream.concat(ids, others);
    }

    static Stream<Case> tags() {
        String tooMany = "[" + "\"x\",".repeat(20) + "\"x\"]";
        Stream<Case> tags = Stream.of(
                        Map.entry("/user/tag/set.json", "{\"userId\":\"u1\",\"tags\":%s}"),
                        Map.entry("/user/tag/batch/set.json", "{\"userIds\":[\"u1\"],\"tags\":%s}"))
                .flatMap(call -> Stream.of(
                        tag(call.getKey(), "tags missing", BAD, "{\"userId\":\"u1\",\"userIds\":[\"u1\"]}", "tags"),
                        tag(call.getKey(), "tags no list", BAD, call.getValue().formatted("\"a\""), "array"),
                        tag(call.getKey(), "too many tags", BAD, call.getValue().formatted(tooMany), "20"),
                        tag(call.getKey(), "a tag empty", BAD, call.getValue().formatted("[\"\"]"), "tags"),
                        tag(call.getKey(), "a tag null", BAD, call.getValue().formatted("[null]"), "tags"),
                        tag(
                                call.getKey(),
                                "a tag an object",
                                BAD,
                                call.getValue().formatted("[{}]"),
                                "text"),
                        tag(call.getKey(), "a line break", BAD, call.getValue().formatted("[\"a\\nb\"]"), "control"),
                        tag(
                                call.getKey(),
                                "a tag too long",
                                LONG,
                                call.getValue().formatted("[\"" + ID_TOO_LONG + "\"]"),
                                "64"),
                        tag(call.getKey(), "nobody's", BAD, call.getValue().formatted("[\"a\"]"), "token")));
        return Stream.concat(
                tags,
                Stream.of(
                        tag("/user/tag/set.json", "userId missing", BAD, "{\"tags\":[]}", "userId"),
                        tag("/user/tag/set.json", "userId a list", BAD, "{\"userId\":[],\"tags\":[]}", "userId"),
                        tag("/user/tag/batch/set.json", "userIds missing", BAD, "{\"tags\":[]}", "userIds"),
                        tag(
                                "/user/tag/batch/set.json",
                                "userIds empty",
                                BAD,
                                "{\"userIds\":[],\"tags\":[]}",
                                "userIds"),
                        tag("/user/tag/batch/set.json", "a null", BAD, "{\"userIds\":[null],\"tags\":[]}", "userIds"),
                        tag(
                                "/user/tag/batch/set.json",
                                "too many userIds",
                                BAD,
                                "{\"userIds\":[" + "\"x\",".repeat(1000) + "\"x\"],\"tags\":[]}",
                                "1000"),
                        Case.form("/user/tags/get.json", "userIds missing", BAD, Form.of("userId", "u1"), "userIds"),
                        Case.form("/user/tags/get.json", "userIds empty", BAD, Form.of("userIds", ""), "userIds"),
                        Case.form(
                                "/user/tags/get.json",
                                "too many",
                                BAD,
                                Form.empty().withMany("userIds", 51),
                                "50"),
                        Case.form("/user/tags/get.json", "too long", LONG, Form.of("userIds", ID_TOO_LONG), "64")));
    }

    private static Case tag(String path, String what, int code, String body, String text) {
        return new Case(path, what, code, BackEnd.JSON, body, text);
    }

    static Stream<Case> quietTimes() {
        String path = "/user/blockPushPeriod/set.json";
        Form good = Form.of("userId", "u1").and("startTime", "23:59:59").and("period", 100);
        Stream<Case> others = Stream.of("get", "delete")
                .map(call -> "/user/blockPushPeriod/" + call + ".json")
                .flatMap(other -> Stream.of(
                        Case.form(other, "userId missing", BAD, Form.of("x", "u1")),
                        Case.form(other, "userId too long", LONG, Form.of("userId", ID_TOO_LONG)),
                        Case.form(other, "userId that is no path", BAD, Form.of("userId", ".."))));
        return Stream.concat(
                others,
                Stream.of(
                        Case.form(path, "userId missing", BAD, good.without("userId"), "userId"),
                        Case.form(path, "userId too long", LONG, good.with("userId", ID_TOO_LONG)),
                        Case.form(path, "startTime missing", BAD, good.without("startTime"), "startTime"),
                        Case.form(path, "startTime without seconds", BAD, good.with("startTime", "22:00"), "HH:mm:ss"),
                        Case.form(path, "startTime of one digit", BAD, good.with("startTime", "9:00:00"), "HH:mm:ss"),
                        Case.form(path, "startTime 24", BAD, good.with("startTime", "24:00:00"), "HH:mm:ss"),
                        Case.form(path, "startTime 61 s", BAD, good.with("startTime", "23:00:61"), "HH:mm:ss"),
                        Case.form(path, "period missing", BAD, good.without("period"), "period"),
                        Case.form(path, "period -1", BAD, good.with("period", -1), "period"),
                        Case.form(path, "period 1440", BAD, good.with("period", 1440), "period"),
                        Case.form(path, "period no number", BAD, good.with("period", "long"), "period"),
                        Case.form(path, "level 0", BAD, good.and("level", 0), "level"),
                        Case.form(path, "level 6", BAD, good.and("level", 6), "level"),
                        Case.form(path, "level no number", BAD, good.and("level", "high"), "level")));
    }

    /** What a registration itself must be like is delivery-service's to say, and stands in its tests. */
    static Stream<Case> devices() {
        return Stream.of(
                device("no JSON", BAD, "{"),
                device("an array", BAD, "[]"),
                new Case("/fanfare/v1/devices", "no body", EMPTY, BackEnd.JSON, ""),
                device("userId missing", BAD, "{\"deviceId\":\"d\"}"),
                device("userId an object", BAD, "{\"userId\":{},\"deviceId\":\"d\"}"),
                device("userId too long", LONG, "{\"userId\":\"" + ID_TOO_LONG + "\",\"deviceId\":\"d\"}"),
                device("userId that is no path", BAD, "{\"userId\":\"..\",\"deviceId\":\"d\"}"),
                device("deviceId missing", BAD, "{\"userId\":\"u1\"}"),
                device("deviceId empty", BAD, "{\"userId\":\"u1\",\"deviceId\":\"\"}"),
                device("deviceId with a line break", BAD, "{\"userId\":\"u1\",\"deviceId\":\"a\\nb\"}"),
                device("deviceId that is no path", BAD, "{\"userId\":\"u1\",\"deviceId\":\".\"}"),
                device("deviceId too long", LONG, "{\"userId\":\"u1\",\"deviceId\":\"" + ID_TOO_LONG + "\"}"));
    }

    private static Case device(String what, int code, String body) {
        return new Case("/fanfare/v1/devices", what, code, BackEnd.JSON, body);
    }

    static Stream<Case> bodies() {
        Stream<Case> empty = Arrays.stream(EndpointQuota.values())
                .filter(quota -> quota != EndpointQuota.USER_BLOCK_QUERY)
                .filter(quota -> !quota.endpoint().startsWith("fanfare/")
                        && !quota.endpoint().startsWith("zim/"))
                .map(quota -> new Case("/" + quota.endpoint() + ".json", "no body", EMPTY, BackEnd.FORM, ""));
        return Stream.concat(
                empty,
                Stream.of(
                        new Case(Calls.TEMPLATE, "no JSON", BAD, BackEnd.JSON, "{\"fromUserId\":"),
                        new Case(
                                Calls.TEMPLATE,
                                "a form",
                                BAD,
                                BackEnd.FORM,
                                Calls.system().body()),
                        new Case(Calls.TEMPLATE, "an array", BAD, BackEnd.JSON, "[" + Calls.template() + "]"),
                        new Case(Calls.TEMPLATE, "two objects", BAD, BackEnd.JSON, Calls.template() + "{}"),
                        new Case(
                                Calls.BROADCAST,
                                "JSON",
                                BAD,
                                BackEnd.JSON,
                                Calls.template().toString()),
                        new Case(
                                Calls.BROADCAST,
                                "a broken escape",
                                BAD,
                                BackEnd.FORM,
                                Calls.broadcast().body() + "&x=%"),
                        new Case(Calls.BROADCAST, "over 2 MiB", LONG, BackEnd.FORM, "x".repeat(2 * 1024 * 1024 + 1))));
    }
}
