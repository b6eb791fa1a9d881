package dev.fanfare.gateway.zim.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.command.TemplateCommand;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.WrittenRecords;
import dev.fanfare.gateway.fixture.ZimAnswer;
import dev.fanfare.gateway.fixture.ZimBackEnd;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users by ZIM's API. */
@GatewayTest
class ZimUsersTest {

    private static final String REGISTER = "UserRegister";
    private static final String MODIFY = "ModifyUserInfo";
    private static final String QUERY = "QueryUserInfos";
    private static final String STATE = "QueryUserOnlineState";

    private ZimBackEnd app;

    @BeforeEach
    void createApp() {
        app = ZimBackEnd.unlimited(REGISTER, MODIFY, QUERY, STATE);
    }

    @Test
    void registersUsers() {
        // When
        ZimAnswer answer = app.post(
                REGISTER,
                infos(Map.of("UserId", "aaa", "UserName", "userNamea", "UserAvatar", "http"), Map.of("UserId", "bbb")));

        // Then
        answer.isSuccessWith(Map.of("ErrorList", List.of()));
        app.post(QUERY, Map.of("UserIds", List.of("bbb", "aaa")))
                .isSuccessWith(Map.of(
                        "Result",
                        List.of(user("bbb", "", "", ""), user("aaa", "userNamea", "http", "")),
                        "ErrorList",
                        List.of()));
    }

    @Test
    void whoIsThereStaysAsItIsAndTheOthersAreRegistered() {
        // Given
        app.with("aaa");

        // When
        ZimAnswer answer = app.post(
                REGISTER,
                infos(Map.of("UserId", "bbb"), Map.of("UserId", "aaa", "UserName", "other"), Map.of("UserId", "bbb")));

        // Then
        answer.isSuccess();
        assertThat(answer.subCodes("ErrorList")).isEqualTo(Map.of("bbb", 660700002, "aaa", 660700002));
        assertThat(answer.body().path("ErrorList").findValuesAsText("SubMessage"))
                .allMatch(text -> !text.isBlank());
        assertThat(nameOf("aaa")).isEqualTo("Name of aaa");
    }

    @Test
    void ifAllAreThereTheCallFails() {
        // Given
        app.with("aaa", "bbb");

        // When
        ZimAnswer answer = app.post(REGISTER, infos(Map.of("UserId", "aaa"), Map.of("UserId", "bbb")));

        // Then
        answer.isRefused(660700002);
        assertThat(answer.subCodes("ErrorList")).isEqualTo(Map.of("aaa", 660700002, "bbb", 660700002));
    }

    @ParameterizedTest
    @CsvSource({
        "UserId, 33, 660000012",
        "UserName, 257, 660700006",
        "UserAvatar, 501, 660700007",
        "UserId, 32, 0",
        "UserName, 256, 0",
        "UserAvatar, 500, 0"
    })
    void oneWhoIsTooLongIsToldAndTheOthersAreRegistered(String field, int bytes, int code) {
        // Given
        Map<String, String> good = Map.of("UserId", "good");
        Map<String, String> odd = field.equals("UserId")
                ? Map.of("UserId", "x".repeat(bytes))
                : Map.of("UserId", "odd", field, "é".repeat(bytes / 2) + "x".repeat(bytes % 2));

        // When
        ZimAnswer answer = app.post(REGISTER, infos(good, odd));
        ZimAnswer alone = app.post(REGISTER, infos(odd));

        // Then
        answer.isSuccess();
        assertThat(answer.subCodes("ErrorList")).isEqualTo(code == 0 ? Map.of() : Map.of(odd.get("UserId"), code));
        assertThat(alone.code()).isEqualTo(code == 0 ? 660700002 : code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"UserInfo\":null}",
                "{\"UserInfo\":[]}",
                "{\"UserInfo\":{}}",
                "{\"UserInfo\":[\"aaa\"]}",
                "{\"UserInfo\":\"aaa\"}"
            })
    void aListThatIsNoneIsRefusedWithAnEmptyErrorList(String body) {
        for (String action : List.of(REGISTER, MODIFY)) {
            // When
            ZimAnswer answer = app.post(action, body);

            // Then
            answer.isRefused(660000002).says("UserInfo");
            assertThat(answer.body().path("ErrorList").isArray()).isTrue();
            assertThat(answer.body().path("ErrorList")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"UserId\":\"\"}",
                "{\"UserId\":1}",
                "{\"UserId\":\"a'b\"}",
                "{\"UserId\":\"aaa\",\"UserName\":1}",
                "{\"UserId\":\"aaa\",\"UserName\":\"a\\nb\"}",
                "{\"UserId\":\"aaa\",\"UserAvatar\":\"a\\u0000b\"}"
            })
    void aUserThatIsNoneIsAParameterError(String user) {
        // When
        ZimAnswer answer = app.post(REGISTER, "{\"UserInfo\":[" + user + "]}");

        // Then
        answer.isRefused(660000002);
        assertThat(answer.body().path("ErrorList")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {REGISTER, MODIFY})
    void aHundredUsersInACall(String action) {
        // Given
        app.with(ZimBackEnd.many(100).toArray(String[]::new));

        // When
        ZimAnswer answer = app.post(
                action,
                Map.of(
                        "UserInfo",
                        ZimBackEnd.many(101).stream()
                                .map(user -> Map.of("UserId", user))
                                .toList()));

        // Then
        answer.isRefused(660000011);
    }

    @Test
    void modifyChangesWhatIsNamed() {
        // Given
        app.with("aaa", "bbb");

        // When
        ZimAnswer answer = app.post(
                MODIFY,
                infos(
                        Map.of("UserId", "aaa", "UserAvatar", "http", "Extra", "extra\ninfo"),
                        Map.of("UserId", "nobody", "UserName", "x"),
                        Map.of("UserId", "bbb", "UserName", "")));

        // Then
        answer.isSuccess();
        assertThat(answer.subCodes("ErrorList")).isEqualTo(Map.of("nobody", 660700012));
        app.post(QUERY, Map.of("UserIds", List.of("aaa", "bbb")))
                .isSuccessWith(Map.of(
                        "Result",
                        List.of(user("aaa", "Name of aaa", "http", "extra\ninfo"), user("bbb", "", "", "")),
                        "ErrorList",
                        List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\\u0000b\"", "1"})
    void anExtraThatCannotBeKeptIsRefused(String extra) {
        // Given
        app.with("aaa");

        // When
        ZimAnswer answer = app.post(MODIFY, "{\"UserInfo\":[{\"UserId\":\"aaa\",\"Extra\":" + extra + "}]}");

        // Then
        answer.isRefused(660000002).says("Extra");
    }

    @Test
    void anExtraHas2Kilobytes() {
        // Given
        app.with("aaa");
        app.post(MODIFY, infos(Map.of("UserId", "aaa", "Extra", "x".repeat(2048))))
                .isSuccess();

        // When
        ZimAnswer answer = app.post(MODIFY, infos(Map.of("UserId", "aaa", "Extra", "x".repeat(2049))));

        // Then
        answer.isRefused(660000002).says("Extra");
    }

    @Test
    void queryTellsOfTheUnknown() {
        // Given
        app.with("aaa");

        // When
        ZimAnswer some = app.post(QUERY, Map.of("UserIds", List.of("汤姆", "aaa")));
        ZimAnswer none = app.post(QUERY, Map.of("UserIds", List.of("ccc")));

        // Then
        some.isSuccess();
        assertThat(some.subCodes("ErrorList")).isEqualTo(Map.of("汤姆", 660700015));
        none.isRefused(660700015);
        assertThat(none.subCodes("ErrorList")).isEqualTo(Map.of("ccc", 660700015));
    }

    @Test
    void usersOfTheRongCloudApiAreTheSame() {
        // Given
        app.onRongCloud()
                .post("/user/getToken.json", Form.of("userId", "tom").and("name", "Tom"))
                .isSuccess();

        // When
        ZimAnswer answer = app.post(REGISTER, infos(Map.of("UserId", "tom")));

        // Then
        answer.isRefused(660700002);
        assertThat(nameOf("tom")).isEqualTo("Tom");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"UserIds\":[]}", "{\"UserIds\":\"aaa\"}", "{\"UserIds\":[1]}", "{\"UserIds\":[\" \"]}"})
    void queryWantsIds(String body) {
        // When
        ZimAnswer answer = app.post(QUERY, body);

        // Then
        answer.isRefused(660000002).says("UserIds");
    }

    @Test
    void queriesHaveAHundredIdsOf64Bytes() {
        // Given
        String longest = "x".repeat(64);

        // When
        ZimAnswer tooMany = app.post(QUERY, Map.of("UserIds", ZimBackEnd.many(101)));
        ZimAnswer tooLong = app.post(QUERY, Map.of("UserIds", List.of(longest + "x")));
        ZimAnswer good = app.post(QUERY, Map.of("UserIds", List.of(longest)));
        ZimAnswer tooManyStates = app.get(
                STATE,
                ZimBackEnd.many(101).stream()
                        .map(user -> "UserId[]=" + user)
                        .collect(Collectors.joining("&"))
                        .replace("[]", "%5B%5D"));

        // Then
        tooMany.isRefused(660000011);
        tooLong.isRefused(660000002);
        good.isRefused(660700015);
        tooManyStates.isRefused(660000011);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UserId[]=online1&UserId[]=id1&UserId[]=nobody", "UserId=online1&UserId=id1&UserId=nobody"})
    void tellsWhoIsOnline(String parameters) {
        // Given
        app.with("online1", "id1");

        // When
        ZimAnswer answer = app.get(STATE, parameters.replace("[]", "%5B%5D"));

        // Then
        answer.isSuccessWith(Map.of(
                "Result",
                List.of(Map.of("UserId", "online1", "Status", "Online"), Map.of("UserId", "id1", "Status", "Offline")),
                "ErrorList",
                List.of(Map.of("UserId", "nobody", "SubCode", 660200001))));
    }

    @Test
    void whoIsRegisteredAndWasNeverConnectedHasNoState() {
        // Given
        app.with("new1", "id1");

        // When
        ZimAnswer answer = app.get(STATE, "UserId=new1&UserId=id1");

        // Then
        answer.isSuccessWith(Map.of(
                "Result",
                List.of(Map.of("UserId", "id1", "Status", "Offline")),
                "ErrorList",
                List.of(Map.of("UserId", "new1", "SubCode", 660200001))));
    }

    @Test
    void ofNobodyRegisteredThereIsNoState() {
        // When
        ZimAnswer answer = app.get(STATE, "UserId%5B%5D=nobody");

        // Then
        answer.isRefused(660200001);
        assertThat(answer.subCodes("ErrorList")).isEqualTo(Map.of("nobody", 660200001));
        app.get(STATE, "x=1").isRefused(660000002);
    }

    @Test
    void aHundredOfTheLongestIdsFitIntoTheUrl() {
        // Given: each of their characters takes three when encoded
        String users = IntStream.range(100, 200)
                .mapToObj(i -> "UserId%5B%5D=" + "%7B".repeat(61) + i)
                .collect(Collectors.joining("&"));

        // When
        ZimAnswer answer = app.get(STATE, users);

        // Then
        answer.isRefused(660200001);
        assertThat(answer.subCodes("ErrorList")).hasSize(100);
    }

    @Test
    void saysWhenPresenceCannotBeTold() {
        // Given
        app.with("away");

        // When
        ZimAnswer answer = app.get(STATE, "UserId%5B%5D=away");

        // Then
        answer.isRefused(1).says("delivery-service");
    }

    @Test
    void aLongNameIsCutWhereACommandHasLessRoom() {
        // Given
        app.post(REGISTER, infos(Map.of("UserId", "shop", "UserName", "汤".repeat(85))))
                .isSuccess();

        // When
        var answer = app.onRongCloud()
                .post(
                        "/message/system/publish.json",
                        Form.of("fromUserId", "shop")
                                .and("toUserId", "tom")
                                .and("objectName", "RC:TxtMsg")
                                .and("content", "{}"));

        // Then
        String uid = answer.isSuccess()
                .body()
                .path("messageUIDs")
                .path(0)
                .path("messageUID")
                .asText();
        try (var records = new WrittenRecords()) {
            var command = records.onlyCommand(Topic.TEMPLATE_COMMAND, app.onRongCloud(), uid, TemplateCommand.class);
            assertThat(command.fromUserName()).isEqualTo("汤".repeat(64));
        }
    }

    private String nameOf(String user) {
        return app.post(QUERY, Map.of("UserIds", List.of(user)))
                .isSuccess()
                .body()
                .path("Result")
                .path(0)
                .path("UserName")
                .textValue();
    }

    private static Map<String, Object> user(String id, String name, String avatar, String extra) {
        return Map.of("UserId", id, "UserName", name, "UserAvatar", avatar, "Extra", extra);
    }

    private static Map<String, Object> infos(Object... users) {
        return Map.of("UserInfo", List.of(users));
    }
}
