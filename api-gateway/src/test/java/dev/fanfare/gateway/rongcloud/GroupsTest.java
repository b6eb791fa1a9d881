package dev.fanfare.gateway.rongcloud;

import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@GatewayTest
class GroupsTest {

    private BackEnd app;

    @BeforeEach
    void createApp() {
        app = BackEnd.create();
    }

    @Test
    void createMakesAGroup() {
        // When
        Answer answer = create("chess", "Chess & Go", "u1", "u2");

        // Then
        answer.isSuccessWith(Map.of());
        hasMembers("chess", "u1", "u2");
    }

    @Test
    void joinAddsAndQuitRemoves() {
        // Given
        create("chess", "Chess", "u1", "u2").isSuccess();
        app.post("/group/join.json", Form.of("groupId", "chess").and("userId", "u3"))
                .isSuccessWith(Map.of());

        // When
        Answer answer = app.post(
                "/group/quit.json",
                Form.of("groupId", "chess").and("userId", "u1").and("userId", "u2"));

        // Then
        answer.isSuccessWith(Map.of());
        hasMembers("chess", "u3");
    }

    @Test
    void refreshRenames() {
        // Given
        create("chess", "Chess", "u1").isSuccess();

        // When
        Answer answer =
                app.post("/group/refresh.json", Form.of("groupId", "chess").and("groupName", "Go"));

        // Then
        answer.isSuccessWith(Map.of());
        isIn("u1", List.of(Map.of("id", "chess", "name", "Go")));
    }

    @Test
    void dismissEndsAGroup() {
        // Given
        create("chess", "Chess", "u1").isSuccess();

        // When
        Answer answer =
                app.post("/group/dismiss.json", Form.of("groupId", "chess").and("userId", "anybody"));

        // Then
        answer.isSuccessWith(Map.of());
        app.post("/group/user/query.json", Form.of("groupId", "chess"))
                .isRefused(400, 1002)
                .says("no such group");
    }

    @Test
    void syncMakesTheGivenGroupsTheOnlyOnesWithRawOrEscapedBrackets() {
        // Given
        create("old", "Old", "u1").isSuccess();
        String fields = "userId=u1&group[g1]=N%201&group%5Bg%5D2%5D=N2";

        // When
        Answer answer = app.post("/group/sync.json", BackEnd.FORM, fields);

        // Then
        answer.isSuccessWith(Map.of());
        isIn("u1", List.of(Map.of("id", "g1", "name", "N 1"), Map.of("id", "g]2", "name", "N2")));
    }

    @Test
    void syncWithoutGroupsLeavesAll() {
        // Given
        create("chess", "Chess", "u1").isSuccess();

        // When
        app.post("/group/sync.json", Form.of("userId", "u1")).isSuccess();

        // Then
        isIn("u1", List.of());
    }

    @Test
    void aGroupThatNobodyNamedIsShownWithoutName() {
        // Given
        app.post("/group/join.json", Form.of("groupId", "chess").and("userId", "u1"))
                .isSuccess();

        // When
        Answer answer = app.post("/user/group/query.json", Form.of("userId", "u1"));

        // Then
        answer.isSuccessWith(Map.of("groups", List.of(Map.of("id", "chess"))));
    }

    @Test
    void idsMayBeWhatPathsMayNot() {
        // Given
        String group = "a/b c?d=%41&汤姆;x";
        create(group, "Odd", "u/1").isSuccess();

        // When
        Answer answer = app.post("/group/user/query.json", Form.of("groupId", group));

        // Then
        answer.isSuccessWith(Map.of("users", List.of(Map.of("id", "u/1"))));
        isIn("u/1", List.of(Map.of("id", group, "name", "Odd")));
    }

    @Test
    void aFullGroupTakesNobody() {
        // Given
        app.post(
                        "/group/create.json",
                        Form.of("groupId", "pair")
                                .and("groupName", "Pair")
                                .and("maxMember", 2)
                                .withMany("userId", 2))
                .isSuccess();

        // When
        Answer answer = app.post("/group/join.json", Form.of("groupId", "pair").and("userId", "third"));

        // Then
        answer.isRefused(405, 405);
        hasMembers("pair", "x0", "x1");
    }

    @Test
    void aGroupThatIsNotThereCannotBeRenamed() {
        // When
        Answer answer =
                app.post("/group/refresh.json", Form.of("groupId", "none").and("groupName", "Go"));

        // Then
        answer.isRefused(400, 1002).says("no such group");
    }

    @Test
    void aLimitAboveTheServicesOwnIsTheCallersFault() {
        // When
        Answer answer = app.post(
                "/group/create.json",
                Form.of("groupId", "vast")
                        .and("groupName", "V")
                        .and("maxMember", 3001)
                        .and("userId", "u1"));

        // Then
        answer.isRefused(400, 1002);
    }

    @Test
    void saysWhenTheServiceDoesNotAnswer() {
        for (String group : List.of("away", "silent")) {
            // When
            Answer answer = create(group, "Group", "u1");

            // Then
            answer.isRefused(504, 1050);
        }
    }

    private Answer create(String group, String name, String... users) {
        Form call = Form.of("groupId", group).and("groupName", name);
        for (String user : users) {
            call = call.and("userId", user);
        }
        return app.post("/group/create.json", call);
    }

    private void hasMembers(String group, String... users) {
        app.post("/group/user/query.json", Form.of("groupId", group))
                .isSuccessWith(Map.of(
                        "users",
                        List.of(users).stream().map(user -> Map.of("id", user)).toList()));
    }

    private void isIn(String user, List<Map<String, String>> groups) {
        app.post("/user/group/query.json", Form.of("userId", user)).isSuccessWith(Map.of("groups", groups));
    }
}
