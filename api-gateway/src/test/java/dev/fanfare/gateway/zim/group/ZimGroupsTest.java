package dev.fanfare.gateway.zim.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.contracts.Json;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.ZimAnswer;
import dev.fanfare.gateway.fixture.ZimBackEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups by ZIM's API. */
@GatewayTest
class ZimGroupsTest {

    private static final String CREATE = "CreateGroup";
    private static final String INVITE = "InviteUsersIntoGroup";
    private static final String KICK = "KickoutGroupUser";
    private static final String DISMISS = "DismissGroup";
    private static final String MEMBERS = "QueryGroupMemberList";

    private ZimBackEnd app;

    @BeforeEach
    void createApp() {
        app = ZimBackEnd.unlimited(CREATE, INVITE, KICK, DISMISS, MEMBERS).with("owner", "u1", "u2");
    }

    @Test
    void theVendorsSampleMakesAGroup() {
        // Given
        String body =
                """
                {"GroupId": "group", "GroupName": "group_name", "GroupNotice": "group_notice",
                 "GroupAvatar": "https://www.baidu.com/", "GroupOwner": "owner", "UserId": ["u1", "nobody", "owner", "u1"],
                 "Attributes": [{"Key": "key1", "Value": "value1"}, {"Key": "key2", "Value": "value2"}],
                 "CreateGroupTime": 0}
                """;

        // When
        ZimAnswer answer = app.post(CREATE, body);

        // Then
        answer.isSuccessWith(Map.of(
                "GroupId",
                "group",
                "Members",
                List.of(
                        Map.of("UserId", "owner", "UserName", "Name of owner"),
                        Map.of("UserId", "u1", "UserName", "Name of u1")),
                "ErrorUsers",
                List.of(Map.of("UserId", "nobody", "SubCode", 660700015))));
        hasMembers("group", "owner", "u1");
        app.onRongCloud()
                .post("/user/group/query.json", Form.of("userId", "u1"))
                .isSuccessWith(Map.of("groups", List.of(Map.of("id", "group", "name", "group_name"))));
    }

    @Test
    void aGroupWithoutIdIsGivenOne() {
        // When
        ZimAnswer first = app.post(CREATE, Map.of("GroupOwner", "owner"));
        ZimAnswer second = app.post(CREATE, Map.of("GroupOwner", "owner", "GroupId", ""));

        // Then
        String group = first.isSuccess().body().path("GroupId").textValue();
        assertThat(group).matches("#[0-9a-f]{20}");
        assertThat(second.isSuccess().body().path("GroupId").textValue()).isNotEqualTo(group);
        hasMembers(group, "owner");
        app.post(INVITE, invite(group, "u1")).isSuccess();
        hasMembers(group, "owner", "u1");
        app.get(DISMISS, "FromUserId=u1&GroupId=" + group.replace("#", "%23")).isSuccess();
        app.post(MEMBERS, Map.of("GroupId", group)).isRefused(660600001);
    }

    @Test
    void aGroupIsCreatedOnceUntilItIsDismissed() {
        // Given
        create("g1");

        // When
        ZimAnswer again = app.post(CREATE, Map.of("GroupOwner", "u1", "GroupId", "g1"));

        // Then
        again.isRefused(660600011);
        hasMembers("g1", "owner");
        app.get(DISMISS, "FromUserId=u2&GroupId=g1").isSuccessWith(Map.of());
        app.post(CREATE, Map.of("GroupOwner", "u1", "GroupId", "g1")).isSuccess();
    }

    @ParameterizedTest
    @CsvSource({
        "GroupOwner, null, 660000002",
        "GroupOwner, '\"nobody\"', 660600013",
        "GroupOwner, '\"0123456789012345678901234567890123\"', 660000012",
        "GroupId, '\"#mine\"', 660000002",
        "GroupId, '\"a/b\"', 660000002",
        "GroupId, '\"0123456789012345678901234567890123\"', 660000002",
        "GroupId, 7, 660000002",
        "GroupName, 7, 660000002",
        "GroupName, '\"a\\nb\"', 660000002",
        "GroupNotice, 7, 660000002",
        "GroupAvatar, 7, 660000002",
        "UserId, '\"u1\"', 660000002",
        "UserId, '[\"a*b\"]', 660000002",
        "CreateGroupTime, -1, 660000002",
        "CreateGroupTime, 4102444800000, 660000002",
        "CreateGroupTime, '\"0\"', 660000002",
        "Attributes, '{}', 660000002",
        "Attributes, '[{\"Value\":\"v\"}]', 660600020",
        "Attributes, '[{\"Key\":\"01234567890123456\",\"Value\":\"v\"}]', 660600020",
        "Attributes, '[{},{},{},{},{},{},{},{},{},{},{}]', 660600019"
    })
    void aBadGroupIsRefused(String field, String json, int code) throws Exception {
        // Given
        ObjectNode call =
                Json.mapper().createObjectNode().put("GroupOwner", "owner").put("GroupId", "g1");
        call.set(field, Json.mapper().readTree(json));

        // When
        ZimAnswer answer = app.post(CREATE, call);

        // Then
        answer.isRefused(code);
        assertThat(answer.body().path("ErrorUsers")).isEmpty();
        app.post(MEMBERS, Map.of("GroupId", "g1")).isRefused(660600001);
    }

    @ParameterizedTest
    @CsvSource({"GroupName, 50, 51", "GroupNotice, 300, 301", "GroupAvatar, 500, 501"})
    void textsOfAGroupHaveTheirLimits(String field, int most, int tooMuch) {
        // When
        ZimAnswer refused = app.post(CREATE, Map.of("GroupOwner", "owner", field, "x".repeat(tooMuch)));
        ZimAnswer taken = app.post(CREATE, Map.of("GroupOwner", "owner", field, "x".repeat(most)));

        // Then
        refused.isRefused(660000002).says(field);
        taken.isSuccess();
    }

    @Test
    void anAttributeHas1024Bytes() {
        // Given
        String longest = "x".repeat(1024);

        // When
        ZimAnswer refused = app.post(CREATE, withAttribute(longest + "x"));
        ZimAnswer taken = app.post(CREATE, withAttribute(longest));

        // Then
        refused.isRefused(660600020);
        taken.isSuccess();
    }

    @Test
    void aHundredMembersInACall() {
        // Given
        create("g1");

        // When
        ZimAnswer created = app.post(CREATE, Map.of("GroupOwner", "owner", "UserId", ZimBackEnd.many(101)));
        ZimAnswer invited = app.post(INVITE, invite("g1", ZimBackEnd.many(101).toArray(String[]::new)));
        ZimAnswer kicked =
                app.post(KICK, Map.of("FromUserId", "owner", "GroupId", "g1", "UserId", ZimBackEnd.many(51)));

        // Then
        created.isRefused(660600016);
        invited.isRefused(660000011);
        kicked.isRefused(660000011);
    }

    @Test
    void inviteAddsTheRegisteredOnesButNotWhoInvites() {
        // Given
        create("g1");
        String body =
                """
                {"FromUserId": "u2", "GroupId": "g1", "UserIds": ["ignored"],
                 "GroupMemberInfos": [{"UserId": "u1", "EnterGroupTime": 123}, {"UserId": "u2", "EnterGroupTime": 0},
                                      {"UserId": "nobody", "IsInvite": 0}]}
                """;

        // When
        ZimAnswer answer = app.post(INVITE, body);

        // Then
        answer.isSuccessWith(Map.of("ErrorUsers", List.of(Map.of("UserId", "nobody", "SubCode", 660700015))));
        hasMembers("g1", "owner", "u1");
        app.post(INVITE, invite("g1", "nobody")).isRefused(660700015);
    }

    @ParameterizedTest
    @CsvSource({
        "FromUserId, null, 660000002",
        "FromUserId, '\"nobody\"', 660500002",
        "GroupId, null, 660000002",
        "GroupId, '\"none\"', 660600001",
        "UserIds, null, 660000002",
        "UserIds, '[]', 660000002",
        "UserIds, '[\"a*b\"]', 660000002",
        "GroupMemberInfos, '[{}]', 660000002",
        "GroupMemberInfos, '[\"u1\"]', 660000002",
        "GroupMemberInfos, '[{\"UserId\":\"u1\",\"EnterGroupTime\":4102444800000}]', 660000002",
        "GroupMemberInfos, '[{\"UserId\":\"u1\",\"IsInvite\":1}]', 660000002"
    })
    void aBadInvitationIsRefused(String field, String json, int code) throws Exception {
        // Given
        create("g1");
        ObjectNode call = Json.mapper().valueToTree(invite("g1", "u1"));
        call.set(field, Json.mapper().readTree(json));

        // When
        ZimAnswer answer = app.post(INVITE, call);

        // Then
        answer.isRefused(code);
        hasMembers("g1", "owner");
    }

    @ParameterizedTest
    @ValueSource(strings = {INVITE, DISMISS})
    void onceASecondForEachGroup(String action) {
        // Given
        ZimBackEnd limited = ZimBackEnd.create().with("owner", "u1");
        for (String group : List.of("g1", "g2")) {
            limited.post(CREATE, Map.of("GroupOwner", "owner", "GroupId", group))
                    .isSuccess();
        }
        limited.change(Map.of("limits", Map.of("zim/" + action, 1)));

        // When
        ZimAnswer first = call(limited, action, "g1");
        ZimAnswer second = call(limited, action, "g1");
        ZimAnswer ofOther = call(limited, action, "g2");

        // Then
        first.isSuccess();
        second.isRefused(660300006);
        ofOther.isSuccess();
    }

    private static ZimAnswer call(ZimBackEnd app, String action, String group) {
        return action.equals(DISMISS)
                ? app.get(DISMISS, "FromUserId=owner&GroupId=" + group)
                : app.post(INVITE, Map.of("FromUserId", "owner", "GroupId", group, "UserIds", List.of("u1")));
    }

    @Test
    void kickOutTakesMembersOut() {
        // Given
        create("g1", "u1", "u2");

        // When
        ZimAnswer answer = app.post(
                KICK,
                Map.of(
                        "FromUserId",
                        "anybody",
                        "GroupId",
                        "g1",
                        "UserId",
                        List.of("u1", "stranger", "u1"),
                        "CustomReason",
                        "x".repeat(32)));

        // Then
        answer.isSuccessWith(Map.of("ErrorList", List.of(Map.of("UserId", "stranger", "SubCode", 660600008))));
        hasMembers("g1", "owner", "u2");
        app.post(KICK, Map.of("FromUserId", "owner", "GroupId", "g1", "UserId", List.of("u1")))
                .isRefused(660600008);
    }

    @ParameterizedTest
    @CsvSource({
        "FromUserId, null, 660000002",
        "GroupId, '\"none\"', 660600001",
        "GroupId, '\"..\"', 660000002",
        "UserId, '[]', 660000002",
        "UserId, '[1]', 660000002",
        "CustomReason, '\"012345678901234567890123456789012\"', 660000002"
    })
    void aBadKickIsRefused(String field, String json, int code) throws Exception {
        // Given
        create("g1", "u1");
        ObjectNode call =
                Json.mapper().createObjectNode().put("FromUserId", "owner").put("GroupId", "g1");
        call.putArray("UserId").add("u1");
        call.set(field, Json.mapper().readTree(json));

        // When
        ZimAnswer answer = app.post(KICK, call);

        // Then
        answer.isRefused(code);
        hasMembers("g1", "owner", "u1");
    }

    @ParameterizedTest
    @CsvSource({
        "GroupId=g1, 660000002",
        "FromUserId=owner, 660000002",
        "FromUserId=owner&GroupId=a%2Fb, 660000002",
        "FromUserId=nobody&GroupId=g1, 660500002",
        "FromUserId=owner&GroupId=none, 660600001"
    })
    void aBadDismissalIsRefused(String parameters, int code) {
        // Given
        create("g1");

        // When
        ZimAnswer answer = app.get(DISMISS, parameters);

        // Then
        answer.isRefused(code);
        hasMembers("g1", "owner");
    }

    @Test
    void membersComeInPages() {
        // Given
        app.with(ZimBackEnd.many(4).toArray(String[]::new));
        create("g1", ZimBackEnd.many(4).toArray(String[]::new));
        List<String> seen = new ArrayList<>();
        int next = 0;

        do {
            // When
            ZimAnswer page = app.post(MEMBERS, Map.of("GroupId", "g1", "Limit", 2, "Next", next))
                    .isSuccess();

            // Then
            assertThat(page.body().path("TotalCount").intValue()).isEqualTo(5);
            page.body()
                    .path("MemberList")
                    .forEach(member -> seen.add(member.path("UserId").textValue()));
            next = page.body().path("Next").intValue();
        } while (next != 0);
        assertThat(seen).containsExactly("owner", "x0", "x1", "x2", "x3");
    }

    @ParameterizedTest
    @CsvSource({"0", "1000", "1001"})
    void theLimitIsAThousandIfItIsNoneOrMore(int limit) {
        // Given
        create("g1", "u1");

        // When
        ZimAnswer answer = app.post(MEMBERS, Map.of("GroupId", "g1", "Limit", limit));

        // Then
        answer.isSuccessWith(Map.of(
                "TotalCount",
                2,
                "Next",
                0,
                "MemberList",
                List.of(
                        Map.of("UserId", "owner", "UserName", "Name of owner", "UserNickName", "", "Role", 1),
                        Map.of("UserId", "u1", "UserName", "Name of u1", "UserNickName", "", "Role", 3))));
    }

    @ParameterizedTest
    @CsvSource({
        "GroupId, '\"none\"', 660600001",
        "GroupId, null, 660000002",
        "Limit, -1, 660000002",
        "Limit, '\"2\"', 660000002",
        "Next, -1, 660000002"
    })
    void aBadQuestionForMembersIsRefused(String field, String json, int code) throws Exception {
        // Given
        create("g1");
        ObjectNode call = Json.mapper().createObjectNode().put("GroupId", "g1");
        call.set(field, Json.mapper().readTree(json));

        // When
        ZimAnswer answer = app.post(MEMBERS, call);

        // Then
        answer.isRefused(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"away", "silent"})
    void saysWhenTheServiceDoesNotAnswer(String group) {
        // When
        ZimAnswer answer = app.post(MEMBERS, Map.of("GroupId", group));

        // Then
        answer.isRefused(1).says("group-status-service");
    }

    private void create(String group, String... members) {
        app.post(CREATE, Map.of("GroupOwner", "owner", "GroupId", group, "UserId", List.of(members)))
                .isSuccess();
    }

    private static Map<String, Object> invite(String group, String... users) {
        return Map.of("FromUserId", "u2", "GroupId", group, "UserIds", List.of(users));
    }

    private static Map<String, Object> withAttribute(String value) {
        return Map.of("GroupOwner", "owner", "Attributes", List.of(Map.of("Key", "0123456789012345", "Value", value)));
    }

    private void hasMembers(String group, String... members) {
        ZimAnswer answer = app.post(MEMBERS, Map.of("GroupId", group)).isSuccess();
        assertThat(answer.body().path("MemberList").findValuesAsText("UserId")).containsExactly(members);
    }
}
