package dev.fanfare.broadcast.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.broadcast.AppUnderTest;
import dev.fanfare.broadcast.Commands;
import dev.fanfare.broadcast.database.StartWithoutDatabaseTest.DatabaseAway;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.testkit.command.TestProducers;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestInfrastructure;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres"))
@QuarkusTestResource(TestProducers.class)
@QuarkusTestResource(value = DatabaseAway.class, restrictToAnnotatedClass = true)
class StartWithoutDatabaseTest {

    @Inject
    Pool pool;

    /** The service starts while the database is away. */
    public static final class DatabaseAway implements QuarkusTestResourceLifecycleManager {

        @Override
        public int order() {
            return 1;
        }

        @Override
        public Map<String, String> start() {
            TestInfrastructure.shared().stopPostgres();
            return Map.of();
        }

        @Override
        public void stop() {}
    }

    @Test
    void servesBroadcastsWithoutItAndTheRestWhenItIsThere() throws Exception {
        try (AppUnderTest app = new AppUnderTest(pool)) {
            // Given
            app.send(Commands.text(InApp.KEPT, PushTo.OFFLINE, Commands.PUSH));
            try {
                // When
                byte[] broadcast = "{\"fromUserId\":\"shop\",\"objectName\":\"RC:TxtMsg\",\"content\":\"now\"}"
                        .getBytes(StandardCharsets.UTF_8);
                app.kafka()
                        .send(TestProducers.gateway()
                                .sign(Topic.BROADCAST_COMMAND, app.key(), "now", Instant.now(), broadcast));

                // Then
                assertThat(app.online(1))
                        .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                        .allMatch(message -> message.contains("\"content\":\"now\""));
            } finally {
                TestInfrastructure.shared().startPostgres();
            }
            assertThat(app.online(2)).hasSize(2);
            app.awaitState(Commands.UID, "DONE");
        }
    }
}
