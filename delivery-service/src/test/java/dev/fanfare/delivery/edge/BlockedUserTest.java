package dev.fanfare.delivery.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.user.UserAccess;
import dev.fanfare.delivery.access.ConnectAccess;
import dev.fanfare.delivery.access.Standing;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client of a blocked user sees. */
@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres,redis"))
class BlockedUserTest {

    private static final int BLOCKED = 4502;
    private static final int FORGED = 3500;

    @Inject
    EdgeServer server;

    @Inject
    ConnectAccess access;

    private final EdgeFixture fixture = new EdgeFixture();

    @BeforeEach
    void awaitServer() {
        await().until(() -> server.address() != null);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void isKeptOutForGood() throws Exception {
        // Given
        block(Duration.ofMinutes(5).toMillis(), 1);

        try (EdgeClient client = new EdgeClient(server.address())) {
            // When
            client.send("{\"id\":1,\"connect\":{\"token\":\"" + fixture.token("tom") + "\"}}");

            // Then
            assertThat(client.closeCode()).isEqualTo(BLOCKED);
        }
    }

    @Test
    void comesInWhenTheBlockHasRunOutOrWasTakenBack() throws Exception {
        // Given
        block(Duration.ofMinutes(5).toMillis(), 1);

        // When
        tell(new UserAccess(fixture.app, "tom", 0, 0, 2));
        await().until(() -> standing() == Standing.GOOD);

        // Then
        try (EdgeClient client = new EdgeClient(server.address())) {
            assertThat(client.connect(fixture.token("tom")).has("connect")).isTrue();
        }
        block(Duration.ofMinutes(5).toMillis(), 3);
        tell(new UserAccess(fixture.app, "tom", 0, System.currentTimeMillis() + 300, 4));
        await().until(() -> standing() == Standing.GOOD);
        try (EdgeClient client = new EdgeClient(server.address())) {
            assertThat(client.connect(fixture.token("tom")).has("connect")).isTrue();
        }
    }

    @Test
    void isNotToldOfToSomebodyWithoutAToken() throws Exception {
        // Given
        block(Duration.ofMinutes(5).toMillis(), 1);

        try (EdgeClient client = new EdgeClient(server.address())) {
            // When
            client.send("{\"id\":1,\"connect\":{\"token\":\"" + fixture.token("tom") + "x\"}}");

            // Then
            assertThat(client.closeCode()).isEqualTo(FORGED);
        }
    }

    private void block(long millis, long version) throws Exception {
        tell(new UserAccess(fixture.app, "tom", 0, System.currentTimeMillis() + millis, version));
        await().until(() -> standing() == Standing.BLOCKED);
    }

    private void tell(UserAccess told) throws Exception {
        fixture.kafka.send(new ProducerRecord<>(
                Topic.USER_ACCESS.topicName(), RecordKey.ofUser(told.appKey(), told.userId()), Json.write(told)));
    }

    private Standing standing() {
        return access.standing(fixture.app, "tom", System.currentTimeMillis());
    }
}
