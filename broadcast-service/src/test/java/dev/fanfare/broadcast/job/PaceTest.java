package dev.fanfare.broadcast.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.broadcast.AppUnderTest;
import dev.fanfare.broadcast.Commands;
import dev.fanfare.broadcast.job.PaceTest.Narrow;
import dev.fanfare.broadcast.offset.Offsets;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.testkit.command.TestProducers;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(Narrow.class)
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres"))
@QuarkusTestResource(TestProducers.class)
class PaceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LONGER_THAN_A_LEASE = Duration.ofSeconds(3);
    /** Of the groups of delivery-service, whose progress broadcast-service has the right to ask for. */
    private static final String DISPATCH = "delivery-dispatch-bulk";

    private static final String PUSH = "delivery-push-bulk";

    @Inject
    Pool pool;

    @Inject
    Offsets offsets;

    private AppUnderTest app;

    /** A delivery that takes four chunks at a time. */
    public static final class Narrow implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("fanfare.jobs.pace.chunks", "4", "fanfare.jobs.pace.measure", "100ms");
        }
    }

    @BeforeEach
    void open() throws Exception {
        app = new AppUnderTest(pool);
        workOnAll(PUSH, Topic.DELIVERY_PUSH_BULK);
        workOnAll(DISPATCH, Topic.DELIVERY_BULK);
    }

    @AfterEach
    void close() throws Exception {
        app.close();
        // For other tests nobody has begun to work on anything.
        try (Admin admin = admin()) {
            admin.deleteConsumerGroups(List.of(DISPATCH, PUSH)).all().get();
        }
    }

    @Test
    void aJobWaitsForDeliveryAndKeepsItsPlace() throws Exception {
        // Given
        app.register(5_000);
        app.send(Commands.text(InApp.KEPT, PushTo.OFFLINE, Commands.PUSH));
        await().atMost(PATIENCE).during(LONGER_THAN_A_LEASE).untilAsserted(() -> assertThat(app.bulk())
                .hasSize(4));

        // When
        workOnAll(DISPATCH, Topic.DELIVERY_BULK);

        // Then
        await().atMost(PATIENCE).during(LONGER_THAN_A_LEASE).untilAsserted(() -> assertThat(app.bulk())
                .hasSize(8));
        workOnAll(DISPATCH, Topic.DELIVERY_BULK);
        app.awaitState(Commands.UID, "DONE");
        assertThat(app.handedOver()).containsExactlyInAnyOrderElementsOf(AppUnderTest.userIds(5_000));
    }

    /** As the group would. */
    private void workOnAll(String group, Topic topic) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
        offsets.ends(topic)
                .await()
                .atMost(PATIENCE)
                .forEach((partition, end) -> done.put(partition, new OffsetAndMetadata(end)));
        try (Admin admin = admin()) {
            admin.alterConsumerGroupOffsets(group, done).all().get();
        }
    }

    private static Admin admin() {
        return Admin.create(
                Map.of("bootstrap.servers", TestInfrastructure.shared().kafkaBootstrapServers()));
    }
}
