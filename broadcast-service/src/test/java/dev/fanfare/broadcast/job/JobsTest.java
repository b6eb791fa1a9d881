package dev.fanfare.broadcast.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.fanfare.broadcast.AppUnderTest;
import dev.fanfare.broadcast.Commands;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.delivery.DeliveryPolicy;
import dev.fanfare.contracts.delivery.DirectDelivery;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.JobProgress;
import dev.fanfare.contracts.delivery.JobProgress.State;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import dev.fanfare.testkit.command.TestProducers;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres"))
@QuarkusTestResource(TestProducers.class)
class JobsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AllUsersCommand TO_ALL = Commands.text(InApp.KEPT, PushTo.OFFLINE, Commands.PUSH);

    @Inject
    Pool pool;

    @Inject
    JobStore store;

    @Inject
    Turns turns;

    @Inject
    RecordPipeline pipeline;

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
    void handsEachUserOverOnceInChunks() throws Exception {
        // Given
        app.register(10_000);

        // When
        app.send(TO_ALL);

        // Then
        app.awaitState(Commands.UID, "DONE");
        List<DirectDelivery> chunks = app.deliveries();
        assertThat(chunks).hasSize(20);
        assertThat(app.handedOver()).containsExactlyInAnyOrderElementsOf(AppUnderTest.userIds(10_000));
        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(chunk.policy()).isEqualTo(DeliveryPolicy.PUSH_OFFLINE);
            assertThat(chunk.userIds()).hasSize(500);
            assertThat(chunk.message().content()).isNull();
            assertThat(chunk.push().content()).isEqualTo("Everything must go");
        });
        assertThat(app.bulk())
                .extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 20)
                        .mapToObj(i -> app.key() + ":" + Commands.UID + ":" + i)
                        .toList());
        assertThat(app.online(1)).hasSize(1);
        app.get("/" + Commands.UID)
                .body("users", equalTo(10_000))
                .body("objectName", equalTo("RC:TxtMsg"))
                .body("content", equalTo(null));
    }

    @Test
    void missesNobodyWhoRegisteredAMomentBefore() throws Exception {
        // Given
        app.kafka()
                .sendAll(AppUnderTest.userIds(5_000).stream()
                        .map(userId -> app.registration(userId, 1))
                        .toList());

        // When
        app.send(TO_ALL);

        // Then
        app.awaitState(Commands.UID, "DONE");
        assertThat(app.handedOver()).containsExactlyInAnyOrderElementsOf(AppUnderTest.userIds(5_000));
    }

    @Test
    void tellsHowFarAJobIs() throws Exception {
        // Given
        app.register(10);

        // When
        app.send(TO_ALL);

        // Then
        app.awaitState(Commands.UID, "DONE");
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(app.progress(Commands.UID))
                    .extracting(JobProgress::state, JobProgress::users)
                    .containsExactly(tuple(State.RUNNING, 0L), tuple(State.DONE, 10L));
            app.get("/" + Commands.UID).body("audience", equalTo(10));
        });
    }

    @Test
    void aCommandThatComesAgainChangesNothing() throws Exception {
        // Given
        app.register(600);
        var command = app.signed(TO_ALL);
        app.kafka().send(command);
        app.awaitState(Commands.UID, "DONE");

        // When
        app.kafka().send(command);

        // Then
        var online = app.online(2);
        assertThat(online.get(1).value()).isEqualTo(online.get(0).value());
        app.awaitState(Commands.UID, "DONE");
        assertThat(app.handedOver()).containsExactlyInAnyOrderElementsOf(AppUnderTest.userIds(600));
        assertThat(app.progress(Commands.UID))
                .extracting(JobProgress::state)
                .containsExactly(State.RUNNING, State.DONE);
    }

    @Test
    void aSmallAppTakesTurnsWithABigOne() throws Exception {
        try (AppUnderTest small = new AppUnderTest(pool)) {
            // Given
            app.register(30_000);
            small.register(2_000);

            // When
            app.send(TO_ALL);
            small.send(TO_ALL);

            // Then
            small.awaitState(Commands.UID, "DONE");
            app.awaitState(Commands.UID, "DONE");
            assertThat(app.handedOver()).hasSize(30_000);
            List<Long> ofSmall = times(small);
            long begun = ofSmall.get(0);
            long ended = ofSmall.get(ofSmall.size() - 1);
            assertThat(times(app).stream().filter(time -> time > begun && time < ended))
                    .as("chunks of the big one between the first and the last of four slices of the small one")
                    .hasSizeLessThanOrEqualTo(2 * 4);
            assertThat(times(app).stream().filter(time -> time > ended))
                    .as("chunks of the big one afterwards")
                    .isNotEmpty();
        }
    }

    private static List<Long> times(AppUnderTest app) {
        return app.bulk().stream().map(ConsumerRecord::timestamp).sorted().toList();
    }

    @Test
    void waitsWhilePausedAndGoesOnWhereItWas() throws Exception {
        // Given
        app.register(30_000);
        app.send(TO_ALL);
        await().atMost(PATIENCE).untilAsserted(() -> app.get("/" + Commands.UID).statusCode(200));

        // When
        app.post("/" + Commands.UID + "/pause").statusCode(200).body("state", equalTo("PAUSED"));

        // Then
        await().atMost(PATIENCE).until(() -> app.ask("select lease from broadcast.job where app_key = $1") == null);
        int paused = app.handedOver().size();
        assertThat(paused).isLessThan(30_000);
        app.post("/" + Commands.UID + "/resume").statusCode(200).body("state", equalTo("RUNNING"));
        app.awaitState(Commands.UID, "DONE");
        assertThat(app.handedOver()).containsExactlyInAnyOrderElementsOf(AppUnderTest.userIds(30_000));
        assertThat(app.progress(Commands.UID))
                .extracting(JobProgress::state)
                .containsSubsequence(State.RUNNING, State.PAUSED, State.RUNNING, State.DONE);
    }

    @Test
    void endsWhenItIsCancelled() throws Exception {
        // Given
        app.register(30_000);
        app.send(TO_ALL);
        await().atMost(PATIENCE).untilAsserted(() -> app.get("/" + Commands.UID).statusCode(200));

        // When
        app.post("/" + Commands.UID + "/cancel").statusCode(200).body("state", equalTo("CANCELLED"));

        // Then
        await().atMost(PATIENCE).until(() -> app.ask("select lease from broadcast.job where app_key = $1") == null);
        assertThat(app.handedOver()).hasSizeLessThan(30_000);
        app.post("/" + Commands.UID + "/resume").statusCode(409).body("reason", equalTo("NOT_NOW"));
        app.post("/" + Commands.UID + "/pause").statusCode(409);
        app.post("/" + Commands.UID + "/cancel").statusCode(200);
    }

    @Test
    void whatADeadNodeWroteAndDidNotRememberIsDoneAgainAsItWas() throws Exception {
        // Given a node that has a job and has written a slice of it
        app.register(3_000);
        Job ofTheDead = lease(UUID.randomUUID());
        Job before = new Job(
                app.key(), TO_ALL, ofTheDead.sentAt(), null, "", 0, Rate.from(0, 0), ofTheDead.lease(), null, null);
        List<String> page = AppUnderTest.userIds(1_000);
        pipeline.write(new Slice(before, page).records()).await().atMost(PATIENCE);

        // When its lease runs out
        app.awaitState(Commands.UID, "DONE");

        // Then
        assertThat(new HashSet<>(app.handedOver())).isEqualTo(new HashSet<>(AppUnderTest.userIds(3_000)));
        List<ConsumerRecord<String, byte[]>> chunks = app.bulk();
        assertThat(chunks).as("six chunks, two of them twice").hasSize(8);
        Map<String, byte[]> byKey = new HashMap<>();
        for (ConsumerRecord<String, byte[]> chunk : chunks) {
            byte[] known = byKey.putIfAbsent(chunk.key(), chunk.value());
            assertThat(known == null || Arrays.equals(known, chunk.value()))
                    .as("chunk %s is the same", chunk.key())
                    .isTrue();
        }
        assertThat(byKey).hasSize(6);
        assertThat(turns.checkpoint(before.advanced("u000999", 1_000, 1), false, 1)
                        .await()
                        .atMost(PATIENCE))
                .as("what the dead one says later")
                .isEmpty();
    }

    /** Nobody can come between, for it is one statement that makes the job run and leases it. */
    private Job lease(UUID lease) {
        long now = System.currentTimeMillis();
        store.add(List.of(new NewJob(app.key(), TO_ALL, State.PAUSED, now, null, null, null)))
                .await()
                .atMost(PATIENCE);
        app.execute(
                """
                update broadcast.job set state = 'RUNNING', lease = $2, lease_until = now() + interval '1 second'
                where app_key = $1
                """,
                lease);
        return new Job(app.key(), TO_ALL, now, null, "", 0, Rate.from(0, 0), lease, null, null);
    }

    @Test
    void someUsersGetTheMessageItself() throws Exception {
        // Given
        app.kafka()
                .sendAll(List.of(
                        app.registration("u1", 1, "vip"), app.registration("u2", 1), app.registration("u3", 1, "vip")));
        app.awaitUsers(3);

        // When
        app.send(Commands.to(TO_ALL, Commands.tagged(List.of("vip"), null)));

        // Then
        app.awaitState(Commands.UID, "DONE");
        assertThat(app.handedOver()).containsExactlyInAnyOrder("u1", "u3");
        assertThat(app.deliveries()).allSatisfy(delivery -> {
            assertThat(delivery.policy()).isEqualTo(DeliveryPolicy.ONLINE_ELSE_PUSH);
            assertThat(delivery.message().content()).isEqualTo(TO_ALL.content());
        });
        assertThat(app.kafka().all(Topic.DELIVERY_STREAM, record -> record.key().equals(app.key())))
                .as("nothing for everybody")
                .isEmpty();
    }

    @Test
    void someUsersGetAPush() throws Exception {
        // When
        app.send(Commands.to(Commands.pushOnly(Commands.PUSH), Commands.named("u2", "u1")));

        // Then
        app.awaitState(Commands.UID, "DONE");
        assertThat(app.deliveries()).hasSize(1).first().satisfies(chunk -> {
            assertThat(chunk.policy()).isEqualTo(DeliveryPolicy.PUSH_ALL);
            assertThat(chunk.userIds()).containsExactly("u1", "u2");
        });
    }

    @Test
    void whatCannotBePushedIsDoneWithItsOnlineHalf() throws Exception {
        // Given
        app.register(1);

        // When
        app.send(Commands.text(InApp.LIVE, PushTo.NONE, null));

        // Then
        assertThat(app.online(1)).hasSize(1);
        app.awaitState(Commands.UID, "DONE");
        assertThat(app.bulk()).isEmpty();
    }

    @Test
    void withoutTheDatabaseBroadcastsGoOnAndCommandsToAllUsersWait() throws Exception {
        // Given
        app.register(600);
        TestInfrastructure.shared().stopPostgres();
        try {
            // When
            app.send(TO_ALL);
            byte[] broadcast = "{\"fromUserId\":\"shop\",\"objectName\":\"RC:TxtMsg\",\"content\":\"now\"}"
                    .getBytes(StandardCharsets.UTF_8);
            app.kafka()
                    .send(TestProducers.gateway()
                            .sign(Topic.BROADCAST_COMMAND, app.key(), "now", Instant.now(), broadcast));

            // Then
            assertThat(app.online(1)).first().satisfies(record -> assertThat(
                            new String(record.value(), StandardCharsets.UTF_8))
                    .contains("\"content\":\"now\""));
            AppUnderTest.request().get("/q/health/ready").then().statusCode(200);
            app.get("").statusCode(503).body("reason", equalTo("UNAVAILABLE"));
        } finally {
            TestInfrastructure.shared().startPostgres();
        }
        assertThat(app.online(2)).hasSize(2);
        app.awaitState(Commands.UID, "DONE");
        assertThat(app.handedOver()).containsExactlyInAnyOrderElementsOf(AppUnderTest.userIds(600));
    }
}
