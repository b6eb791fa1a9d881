package dev.fanfare.delivery.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.UserAccess;
import dev.fanfare.testkit.infra.TestInfrastructure;
import dev.fanfare.testkit.infra.TestKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The table as two nodes hold it, read from a real broker. */
class UserAccessTableTest {

    private static final long ISSUED = 1_700_000_000_000L;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final Duration PROMISE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String app = "app-" + UUID.randomUUID();
    private final TestKafka kafka = new TestKafka(TestInfrastructure.shared().kafkaBootstrapServers());
    private final Node node = new Node();
    private final Node otherNode = new Node();

    /** A node's table, and what it told. */
    private final class Node {

        private final UserAccessTable table = new UserAccessTable(
                Map.of("bootstrap.servers", TestInfrastructure.shared().kafkaBootstrapServers()));
        private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

        void start() throws Exception {
            table.start((appKey, userId) -> {
                        if (appKey.equals(app)) {
                            told.add(userId + " " + standing(userId));
                        }
                    })
                    .toCompletableFuture()
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        Standing standing(String user) {
            return table.standing(app, user, ISSUED);
        }

        String nextTold() throws InterruptedException {
            return told.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @AfterEach
    void close() {
        node.table.stop();
        otherNode.table.stop();
        kafka.close();
    }

    @Test
    void whatWasWrittenBeforeTheStartIsKnownAndNotTold() throws Exception {
        // Given
        write("tom", ISSUED + 1, 0, 1);
        write("rose", 0, inAnHour(), 1);
        write("ann", 0, inAnHour(), 1);
        write("ann", 0, 0, 2);

        // When
        node.start();

        // Then
        assertThat(List.of("tom", "rose", "ann", "stranger").stream()
                        .map(node::standing)
                        .toList())
                .containsExactly(Standing.EXPIRED, Standing.BLOCKED, Standing.GOOD, Standing.GOOD);
        write("last", ISSUED + 1, 0, 1);
        assertThat(node.nextTold()).isEqualTo("last EXPIRED");
    }

    @Test
    void everyNodeTellsWithinASecond() throws Exception {
        // Given
        node.start();
        otherNode.start();

        // When
        write("tom", ISSUED + 1, 0, 1);
        write("rose", 0, inAnHour(), 1);
        Instant written = Instant.now();

        // Then
        for (Node each : List.of(node, otherNode)) {
            assertThat(List.of(each.nextTold(), each.nextTold()))
                    .containsExactlyInAnyOrder("tom EXPIRED", "rose BLOCKED");
        }
        assertThat(Duration.between(written, Instant.now())).isLessThan(PROMISE);
    }

    @Test
    void onlyWhatIsStricterIsTold() throws Exception {
        // Given
        node.start();

        // When: blocked, told again, unblocked, blocked in the past, blocked by an older record, cut
        write("tom", 0, inAnHour(), 10);
        write("tom", 0, inAnHour() - HOUR / 2, 11);
        write("tom", 0, 0, 12);
        write("tom", 0, ISSUED, 13);
        write("tom", 0, inAnHour(), 9);
        write("tom", ISSUED + 1, 0, 14);

        // Then
        assertThat(List.of(node.nextTold(), node.nextTold())).containsExactly("tom BLOCKED", "tom EXPIRED");
        write("tom", ISSUED + 2, 0, 15);
        assertThat(node.nextTold()).isEqualTo("tom EXPIRED");
    }

    @Test
    void anUnblockedUserIsGoodAgain() throws Exception {
        // Given
        node.start();
        write("tom", 0, inAnHour(), 1);
        assertThat(node.nextTold()).isEqualTo("tom BLOCKED");

        // When
        write("tom", 0, 0, 2);

        // Then
        await().until(() -> node.standing("tom") == Standing.GOOD);
        assertThat(node.told).isEmpty();
    }

    @Test
    void aBlockEndsByItself() throws Exception {
        // Given
        node.start();
        write("tom", 0, inAnHour(), 1);
        assertThat(node.nextTold()).isEqualTo("tom BLOCKED");

        // When
        write("tom", 0, System.currentTimeMillis() + 300, 2);

        // Then
        await().until(() -> node.standing("tom") == Standing.GOOD);
        assertThat(node.told).isEmpty();
    }

    @Test
    void usersOfOtherAppsAreOthers() throws Exception {
        // Given
        write("tom", 0, inAnHour(), 1);

        // When
        node.start();

        // Then
        assertThat(node.table.standing("other-" + app, "tom", ISSUED)).isEqualTo(Standing.GOOD);
    }

    @Test
    void whatCannotBeReadIsPassedOver() throws Exception {
        // Given
        node.start();
        String key = RecordKey.ofUser(app, "tom");

        // When
        kafka.send(new ProducerRecord<>(
                Topic.USER_ACCESS.topicName(), key, "{\"appKey\":".getBytes(StandardCharsets.UTF_8)));
        write("tom", ISSUED + 1, 0, 1);

        // Then
        assertThat(node.nextTold()).isEqualTo("tom EXPIRED");
        assertThat(node.table.isAlive()).isTrue();
    }

    @Test
    void aDeletedRecordIsForgotten() throws Exception {
        // Given
        write("tom", ISSUED + 1, 0, 1);
        node.start();
        assertThat(node.standing("tom")).isEqualTo(Standing.EXPIRED);

        // When
        kafka.send(new ProducerRecord<>(Topic.USER_ACCESS.topicName(), RecordKey.ofUser(app, "tom"), null));

        // Then
        await().until(() -> node.standing("tom") == Standing.GOOD);
        assertThat(node.told).isEmpty();
    }

    private static long inAnHour() {
        return System.currentTimeMillis() + HOUR;
    }

    private void write(String user, long cut, long blockedUntil, long version) throws Exception {
        UserAccess access = new UserAccess(app, user, cut, blockedUntil, version);
        kafka.send(
                new ProducerRecord<>(Topic.USER_ACCESS.topicName(), RecordKey.ofUser(app, user), Json.write(access)));
    }
}
