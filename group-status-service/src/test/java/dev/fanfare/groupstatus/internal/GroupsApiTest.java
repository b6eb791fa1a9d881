package dev.fanfare.groupstatus.internal;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.fanfare.groupstatus.GroupsClient;
import dev.fanfare.testkit.command.TestProducers;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres"))
@QuarkusTestResource(TestProducers.class)
class GroupsApiTest {

    private final GroupsClient groups = new GroupsClient("app-" + UUID.randomUUID());

    @Test
    void createsAGroupOnceHoweverOftenAsked() {
        // Given
        var body = Map.of("name", "Chess", "userIds", List.of("u2", "u1", "u1"));
        groups.create("g1", body).statusCode(204);

        // When
        groups.create("g1", body).statusCode(204);

        // Then
        assertThat(groups.memberIds("g1")).containsExactly("u1", "u2");
        assertThat(groups.groupsOf("u1")).containsExactly(Map.of("id", "g1", "name", "Chess"));
    }

    @Test
    void aGroupKeepsTheOwnerThatItWasCreatedFor() {
        // Given
        groups.create("g1", Map.of("userIds", List.of("u1", "u2"), "ownerId", "u2"))
                .statusCode(204);

        // When
        groups.create("g1", Map.of("userIds", List.of("u3"), "ownerId", "u3")).statusCode(204);
        groups.create("g2", Map.of("userIds", List.of("u3"))).statusCode(204);

        // Then
        groups.members("g1").statusCode(200).body("ownerId", equalTo("u2"), "userIds", contains("u1", "u2", "u3"));
        groups.members("g2").statusCode(200).body("ownerId", nullValue());
    }

    @Test
    void addsToAGroupAndKeepsItsNameAndLimitWhereNoneIsGiven() {
        // Given
        groups.create("g1", Map.of("name", "Chess", "userIds", List.of("u1"), "maxMember", 2))
                .statusCode(204);

        // When
        groups.join("g1", "u2").statusCode(204);

        // Then
        assertThat(groups.memberIds("g1")).containsExactly("u1", "u2");
        assertThat(groups.groupsOf("u2")).containsExactly(Map.of("id", "g1", "name", "Chess"));
        groups.join("g1", "u3").statusCode(409);
    }

    @Test
    void createsAGroupThatSomebodyJoins() {
        // When
        groups.join("new", "u1").statusCode(204);

        // Then
        assertThat(groups.memberIds("new")).containsExactly("u1");
    }

    @Test
    void takesAllOrNobody() {
        // Given
        groups.create("g1", Map.of("userIds", List.of("u1"), "maxMember", 3)).statusCode(204);

        // When
        var answer = groups.join("g1", "u2", "u3", "u4");

        // Then
        answer.statusCode(409).body("reason", equalTo("GROUP_FULL")).body("text", notNullValue());
        assertThat(groups.memberIds("g1")).containsExactly("u1");
    }

    @Test
    void letsMembersOfAFullGroupJoinAgain() {
        // Given
        groups.create("g1", Map.of("userIds", List.of("u1", "u2"), "maxMember", 2))
                .statusCode(204);
        groups.create("g1", Map.of("userIds", List.of("u1"), "maxMember", 1)).statusCode(204);

        // When
        var answer = groups.join("g1", "u1", "u2");

        // Then
        answer.statusCode(204);
    }

    @Test
    void hasRoomForThreeThousand() {
        // Given
        for (int from = 0; from < 3000; from += 1000) {
            groups.join("large", users(from, from + 1000)).statusCode(204);
        }

        // When
        var answer = groups.join("large", "one-too-many");

        // Then
        answer.statusCode(409).body("reason", equalTo("GROUP_FULL"));
        assertThat(groups.memberIds("large")).hasSize(3000);
    }

    @Test
    void neverExceedsTheLimitUnderConcurrentCalls() throws Exception {
        // Given
        groups.create("g1", Map.of("userIds", List.of("first"), "maxMember", 10))
                .statusCode(204);
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            String user = "u" + i;
            calls.add(() -> groups.join("g1", user).extract().statusCode());
        }

        // When
        List<Integer> answers = atOnce(calls);

        // Then
        assertThat(answers).filteredOn(status -> status == 204).hasSize(9);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(15);
        assertThat(groups.memberIds("g1")).hasSize(10);
    }

    @Test
    void survivesJoinsSyncsAndDismissalsAtTheSameTime() throws Exception {
        // Given
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String user = "u" + i;
            calls.add(() -> groups.join("a", user).extract().statusCode());
            calls.add(() -> groups.sync(user, Map.of("groups", List.of(Map.of("id", "b"), Map.of("id", "a"))))
                    .extract()
                    .statusCode());
            calls.add(() -> groups.sync(user, Map.of("groups", List.of(Map.of("id", "a"), Map.of("id", "b"))))
                    .extract()
                    .statusCode());
            calls.add(() -> groups.dismiss("a").extract().statusCode());
        }

        // When
        List<Integer> answers = atOnce(calls);

        // Then
        assertThat(answers).containsOnly(204);
    }

    @Test
    void letsAnybodyQuit() {
        // Given
        groups.create("g1", Map.of("userIds", List.of("u1", "u2"))).statusCode(204);

        // When
        groups.quit("g1", "u1", "stranger").statusCode(204);
        groups.quit("no-such-group", "u1").statusCode(204);

        // Then
        assertThat(groups.memberIds("g1")).containsExactly("u2");
    }

    @Test
    void dismissesAGroupWithItsMembers() {
        // Given
        groups.create("g1", Map.of("userIds", List.of("u1"))).statusCode(204);

        // When
        groups.dismiss("g1").statusCode(204);
        groups.dismiss("g1").statusCode(204);

        // Then
        groups.members("g1").statusCode(404).body("reason", equalTo("NO_SUCH_GROUP"));
        assertThat(groups.groupsOf("u1")).isEmpty();
    }

    @Test
    void keepsAGroupThatEverybodyLeft() {
        // Given
        groups.create("g1", Map.of("userIds", List.of("u1"))).statusCode(204);

        // When
        groups.quit("g1", "u1").statusCode(204);

        // Then
        assertThat(groups.memberIds("g1")).isEmpty();
    }

    @Test
    void renamesAGroupThatIsThere() {
        // Given
        groups.create("g1", Map.of("name", "Chess", "userIds", List.of("u1"))).statusCode(204);

        // When
        groups.rename("g1", "Go").statusCode(204);
        var unknown = groups.rename("unknown", "Go");

        // Then
        assertThat(groups.groupsOf("u1")).containsExactly(Map.of("id", "g1", "name", "Go"));
        unknown.statusCode(404).body("reason", equalTo("NO_SUCH_GROUP"));
    }

    @Test
    void syncMakesTheGivenGroupsTheOnlyOnes() {
        // Given
        groups.create("stays", Map.of("name", "Stays", "userIds", List.of("u1", "u2")))
                .statusCode(204);
        groups.create("goes", Map.of("userIds", List.of("u1", "u2"))).statusCode(204);

        // When
        groups.sync("u1", Map.of("groups", List.of(Map.of("id", "stays"), Map.of("id", "comes", "name", "Comes"))))
                .statusCode(204);

        // Then
        assertThat(groups.groupsOf("u1"))
                .containsExactly(Map.of("id", "comes", "name", "Comes"), Map.of("id", "stays", "name", "Stays"));
        assertThat(groups.memberIds("goes")).containsExactly("u2");
    }

    @Test
    void syncChangesNothingWhenAGroupIsFull() {
        // Given
        groups.create("mine", Map.of("userIds", List.of("u1"))).statusCode(204);
        groups.create("full", Map.of("userIds", List.of("u2"), "maxMember", 1)).statusCode(204);

        // When
        var answer = groups.sync("u1", Map.of("groups", List.of(Map.of("id", "full"), Map.of("id", "another"))));

        // Then
        answer.statusCode(409).body("reason", equalTo("GROUP_FULL"));
        assertThat(groups.groupsOf("u1")).extracting(group -> group.get("id")).containsExactly("mine");
        groups.members("another").statusCode(404);
    }

    @Test
    void syncToNoGroupLeavesAll() {
        // Given
        groups.create("g1", Map.of("userIds", List.of("u1"))).statusCode(204);

        // When
        groups.sync("u1", Map.of("groups", List.of())).statusCode(204);

        // Then
        assertThat(groups.groupsOf("u1")).isEmpty();
    }

    @Test
    void keepsAppsApart() {
        // Given
        GroupsClient other = new GroupsClient("app-" + UUID.randomUUID());
        groups.create("g1", Map.of("userIds", List.of("u1"))).statusCode(204);

        // When
        other.create("g1", Map.of("userIds", List.of("u2"))).statusCode(204);

        // Then
        assertThat(groups.memberIds("g1")).containsExactly("u1");
        assertThat(other.memberIds("g1")).containsExactly("u2");
    }

    @Test
    void refusesWhatIsInvalid() {
        // Given
        Map<String, Object> limitZero = Map.of("userIds", List.of("u1"), "maxMember", 0);
        Map<String, Object> limitTooHigh = Map.of("userIds", List.of("u1"), "maxMember", 3001);
        Map<String, Object> nobody = Map.of("userIds", List.of());
        Map<String, Object> tooMany = Map.of("userIds", List.of(users(0, 1001)));
        Map<String, Object> longId = Map.of("userIds", List.of("u".repeat(65)));
        Map<String, Object> nullId = new HashMap<>();
        nullId.put("userIds", Collections.singletonList(null));
        Map<String, Object> ownerOutside = Map.of("userIds", List.of("u1"), "ownerId", "u2");
        Map<String, Object> ownerOfNobody = Map.of("ownerId", "u2");

        for (Object body : List.of(
                limitZero, limitTooHigh, nobody, tooMany, longId, nullId, ownerOutside, ownerOfNobody, Map.of())) {
            // When
            var answer = groups.create("g1", body);

            // Then
            answer.statusCode(400).body("reason", equalTo("INVALID")).body("text", notNullValue());
        }
        groups.members("g1").statusCode(404);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearer", "Bearer guessed", "Basic only-the-services-of-the-tests-know"})
    void letsNobodyInWithoutTheKey(String authorization) {
        // Given
        var request = given().contentType(ContentType.JSON);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }

        // When
        var answer = request.get("/internal/v1/apps/app/groups/g1/members").then();

        // Then
        answer.statusCode(401).body("reason", equalTo("UNAUTHORIZED"));
    }

    private static String[] users(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "u" + i).toArray(String[]::new);
    }

    private static List<Integer> atOnce(List<Callable<Integer>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdown();
        }
    }
}
