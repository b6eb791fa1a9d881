package dev.fanfare.gateway.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.gateway.fixture.Answer;
import dev.fanfare.gateway.fixture.BackEnd;
import dev.fanfare.gateway.fixture.BroadcastServer;
import dev.fanfare.gateway.fixture.Form;
import dev.fanfare.gateway.fixture.GatewayDatabase;
import dev.fanfare.gateway.fixture.GatewayTest;
import dev.fanfare.gateway.fixture.ZimBackEnd;
import dev.fanfare.gateway.rongcloud.Endpoint;
import dev.fanfare.gateway.zim.ZimAction;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Nothing of an app can be reached with the credentials of another one, over any of the three dialects: RongCloud's, ZIM's,
 * Fanfare's own. Whoever adds a call adds it to {@link Attacks}.
 */
@GatewayTest
class IsolationTest {

    @Inject
    @All
    List<Endpoint> endpoints;

    @Inject
    @All
    List<ZimAction> actions;

    /** Stands in whatever of the victim an attacker could get to see. */
    private final String hidden = "hidden-" + UUID.randomUUID();

    private final TestKafka kafka = new TestKafka(TestInfrastructure.shared().kafkaBootstrapServers());
    private ZimBackEnd victim;

    @BeforeEach
    void theVictimHasUsersGroupsDevicesTagsAndSettings() {
        victim = ZimBackEnd.create();
        victim.post("UserRegister", Map.of("UserInfo", List.of(Map.of("UserId", "alice", "UserName", hidden))))
                .isSuccess();
        victim.post("ModifyUserInfo", Map.of("UserInfo", List.of(Map.of("UserId", "alice", "Extra", hidden))))
                .isSuccess();
        BackEnd app = victim.onRongCloud();
        app.post(
                        "/group/create.json",
                        Form.of("userId", "alice").and("groupId", "g1").and("groupName", hidden))
                .isSuccess();
        app.post("/group/join.json", Form.of("userId", hidden).and("groupId", "g1"))
                .isSuccess();
        app.postJson("/user/tag/set.json", Map.of("userId", "alice", "tags", List.of(hidden)))
                .isSuccess();
        app.postJson(
                        "/fanfare/v1/devices",
                        Map.of("userId", "alice", "deviceId", hidden, "provider", "fcm", "token", hidden))
                .isSuccess();
        app.post(
                        "/user/blockPushPeriod/set.json",
                        Form.of("userId", "alice").and("startTime", "22:00:00").and("period", "61"))
                .isSuccess();
        app.post("/user/block.json", Form.of("userId", hidden).and("minute", "60"))
                .isSuccess();
        victim.change(Map.of("limits", Map.of("user/info", 77)));
        seen();
    }

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void noCallReachesAnotherApp() {
        // Given
        List<JsonNode> world = world();
        Map<Topic, Integer> records = records();

        Attacks.all().forEach((route, attack) -> {
            // When
            ZimBackEnd attacker = ZimBackEnd.create().with("mallory");
            JsonNode answer = attack.call().apply(new Attacks.Attacker(attacker, victim));

            // Then
            assertThat(code(answer)).as(route + " " + answer).isEqualTo(attack.code());
            assertThat(answer.toString()).as(route).doesNotContain(hidden);
            assertThat(seen())
                    .as(route)
                    .allMatch(call -> call.contains("/apps/" + attacker.appKey() + "/")
                            || call.endsWith("/apps/" + attacker.appKey()));
        });
        assertThat(records()).isEqualTo(records);
        assertThat(world()).isEqualTo(world);
    }

    @Test
    void everyCallOfEveryDialectIsTried() {
        // When
        List<String> routes = new ArrayList<>();
        endpoints.forEach(endpoint -> routes.add(endpoint.method() + " " + endpoint.path()));
        actions.forEach(action -> routes.add("ZIM " + action.name()));

        // Then
        assertThat(Attacks.all().keySet()).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void noCallIsTakenThatAnotherAppHasSigned() {
        // Given
        ZimBackEnd attacker = ZimBackEnd.create();
        BackEnd forged =
                new BackEnd(victim.appKey(), "not-" + attacker.onRongCloud().secret());
        ZimBackEnd forgedZim = new ZimBackEnd(victim.appKey(), victim.appId(), attacker.serverSecret());
        List<JsonNode> world = world();
        Map<Topic, Integer> records = records();

        // When
        Stream<JsonNode> answers = endpoints.stream().map(endpoint -> send(forged, endpoint));
        Stream<JsonNode> zimAnswers = actions.stream()
                .map(action -> action.method().name().equals("GET")
                        ? forgedZim.get(action.name(), "UserId=alice").body()
                        : forgedZim.post(action.name(), Map.of()).body());

        // Then
        assertThat(answers).allMatch(answer -> code(answer) == 1004);
        assertThat(zimAnswers).allMatch(answer -> code(answer) == 100_000_005);
        assertThat(seen()).isEmpty();
        assertThat(records()).isEqualTo(records);
        assertThat(world()).isEqualTo(world);
    }

    private static JsonNode send(BackEnd app, Endpoint endpoint) {
        String path = endpoint.path().replace("{userId}", "alice").replace("{messageUID}", BroadcastServer.RUNNING);
        return BackEnd.send(app.signed(path, "")
                        .method(endpoint.method().name(), BodyPublishers.ofString("userId=alice"))
                        .build())
                .body();
    }

    /** All that the victim can see of itself, and what is kept of its users. */
    private List<JsonNode> world() {
        BackEnd app = victim.onRongCloud();
        Form alice = Form.of("userId", "alice");
        List<JsonNode> seen = new ArrayList<>();
        for (String path : List.of(
                "user/info", "user/checkOnline", "user/group/query", "user/blockPushPeriod/get", "user/block/query")) {
            seen.add(app.post("/" + path + ".json", alice).isSuccess().body());
        }
        seen.add(app.post("/user/tags/get.json", Form.of("userIds", "alice"))
                .isSuccess()
                .body());
        seen.add(app.post("/group/user/query.json", Form.of("groupId", "g1"))
                .isSuccess()
                .body());
        seen.add(BackEnd.send(app.signed("/fanfare/v1/devices?userId=alice", "").build())
                .isSuccess()
                .body());
        seen.add(victim.post("QueryUserInfos", Map.of("UserIds", List.of("alice")))
                .body()
                .path("Result"));
        seen.add(BackEnd.admin("GET", "/" + victim.appKey(), null).body());
        GatewayDatabase.rows("app_user").stream()
                .filter(row -> row.contains(victim.appKey()))
                .sorted()
                .forEach(row -> seen.add(TextNode.valueOf(row)));
        assertThat(seen.toString()).contains(hidden);
        seen();
        return seen;
    }

    /** What is written in the victim's name, to any topic. */
    private Map<Topic, Integer> records() {
        Map<Topic, Integer> counts = new EnumMap<>(Topic.class);
        Stream.concat(Topic.COMMANDS.stream(), Stream.of(Topic.USER_ACCESS, Topic.USER_REGISTERED, Topic.APP_SETTINGS))
                .forEach(topic -> counts.put(
                        topic,
                        kafka.all(topic, record -> record.key().startsWith(victim.appKey()))
                                .size()));
        return counts;
    }

    private static int code(JsonNode answer) {
        return answer.has("Code")
                ? answer.path("Code").asInt()
                : answer.path("code").asInt();
    }

    /** The internal calls that the other services have got since the last time. */
    private static List<String> seen() {
        var config = ConfigProvider.getConfig();
        Answer seen = BackEnd.send(
                HttpRequest.newBuilder(URI.create(config.getValue("fanfare.delivery.url", String.class) + "/seen"))
                        .header("Authorization", "Bearer " + config.getValue("fanfare.internal.key", String.class))
                        .build());
        List<String> calls = new ArrayList<>();
        seen.body().forEach(call -> calls.add(call.asText()));
        return calls;
    }
}
