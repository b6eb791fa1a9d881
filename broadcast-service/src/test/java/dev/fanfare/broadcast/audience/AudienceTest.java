package dev.fanfare.broadcast.audience;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.fanfare.broadcast.AppUnderTest;
import dev.fanfare.broadcast.Commands;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.testkit.command.TestProducers;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres"))
@QuarkusTestResource(TestProducers.class)
class AudienceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String REBUILD = "/internal/audience/rebuild";

    @Inject
    Pool pool;

    @Inject
    Audience audience;

    private AppUnderTest app;

    @BeforeEach
    void open() {
        app = new AppUnderTest(pool);
    }

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void isPagedByKeyAndEachUserComesOnce() throws Exception {
        // Given
        app.register(1_234);

        // When
        List<String> all = new ArrayList<>();
        List<String> page;
        do {
            page = page(null, all.isEmpty() ? "" : all.get(all.size() - 1), 100);
            all.addAll(page);
        } while (page.size() == 100);

        // Then
        assertThat(all).isEqualTo(AppUnderTest.userIds(1_234));
        assertThat(audience.count(app.key(), null).await().atMost(PATIENCE)).isEqualTo(1_234);
    }

    @Test
    void knowsUsersByTheirTags() throws Exception {
        // Given
        app.kafka()
                .sendAll(List.of(
                        app.registration("plain", 1),
                        app.registration("vip", 1, "vip"),
                        app.registration("both", 1, "vip", "say \"{hi,}\""),
                        app.registration("other", 1, "say \"{hi,}\"")));
        app.awaitUsers(4);

        // Then
        assertThat(page(Commands.tagged(List.of("vip"), null), "", 10)).containsExactly("both", "vip");
        assertThat(page(Commands.tagged(List.of("vip", "say \"{hi,}\""), null), "", 10))
                .containsExactly("both");
        assertThat(page(Commands.tagged(null, List.of("vip", "say \"{hi,}\"")), "", 10))
                .containsExactly("both", "other", "vip");
        assertThat(page(Commands.tagged(List.of("vip"), List.of("say \"{hi,}\"", "none")), "", 10))
                .containsExactly("both");
        assertThat(page(Commands.tagged(null, List.of("vip", "say \"{hi,}\"")), "both", 1))
                .containsExactly("other");
        assertThat(page(Commands.tagged(null, List.of("none")), "", 10)).isEmpty();
        assertThat(audience.count(app.key(), Commands.tagged(List.of("vip"), null))
                        .await()
                        .atMost(PATIENCE))
                .isEqualTo(2);
    }

    @Test
    void takesUsersWhoAreNamedAsTheyAreNamed() {
        // Then
        assertThat(page(Commands.named("b", "a", "c", "a"), "", 2)).containsExactly("a", "b");
        assertThat(page(Commands.named("b", "a", "c", "a"), "b", 2)).containsExactly("c");
    }

    @Test
    void followsTheTopicInTheOrderOfVersions() throws Exception {
        // Given
        app.kafka()
                .sendAll(List.of(
                        app.registration("changed", 1, "old"),
                        app.registration("late", 5, "new"),
                        app.registration("gone", 1),
                        app.registration("back", 9, "old")));
        app.awaitUsers(4);

        // When
        app.kafka()
                .sendAll(List.of(
                        app.registration("changed", 2, "new"),
                        app.registration("late", 4, "old"),
                        app.removal("gone"),
                        app.removal("back"),
                        app.registration("back", 1, "new")));

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(page(Commands.tagged(List.of("new"), null), "", 10))
                .containsExactly("back", "changed", "late"));
        app.awaitUsers(3);
    }

    @Test
    void putsAsideWhatItCannotReadAndGoesOn() throws Exception {
        // Given
        String key = app.key() + ":poison";

        // When
        app.kafka()
                .sendAll(List.of(
                        new ProducerRecord<>(
                                Topic.USER_REGISTERED.topicName(), key, "no JSON".getBytes(StandardCharsets.UTF_8)),
                        app.registration("poison", 1)));

        // Then
        app.awaitUsers(1);
        assertThat(app.kafka().await(Topic.DELIVERY_REJECTED, 1, record -> key.equals(record.key())))
                .hasSize(1);
    }

    @Test
    void isMadeAnewOutOfItsTopic() throws Exception {
        // Given
        app.register(3_000);
        app.kafka()
                .sendAll(List.of(
                        app.removal("u000001"), app.registration("u000002", 2, "new"), app.registration("last", 1)));
        app.awaitUsers(3_000);
        app.execute("delete from broadcast.audience where app_key = $1 and user_id < 'u000100'");
        app.execute(
                """
                insert into broadcast.audience (app_key, user_id, version, generation, position)
                values ($1, 'ghost', 1, 0, 0)
                """);

        // When
        AppUnderTest.request().post(REBUILD).then().statusCode(202).body("running", equalTo(true));

        // Then
        await().atMost(PATIENCE)
                .until(() ->
                        !AppUnderTest.request().get(REBUILD).then().extract().<Boolean>path("running"));
        List<String> expected = new ArrayList<>(AppUnderTest.userIds(3_000));
        expected.remove("u000001");
        expected.add(0, "last");
        assertThat(page(null, "", 10_000)).isEqualTo(expected);
        assertThat(page(Commands.tagged(List.of("new"), null), "", 10)).containsExactly("u000002");
    }

    @Test
    void isMadeAnewForFanfareItselfOnly() {
        // Then
        given().post(REBUILD).then().statusCode(401).body("reason", equalTo("UNAUTHORIZED"));
    }

    private List<String> page(AllUsersCommand.Audience some, String after, int limit) {
        return audience.page(app.key(), some, after, limit).await().atMost(PATIENCE);
    }
}
