package dev.fanfare.broadcast.recall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.broadcast.AppUnderTest;
import dev.fanfare.broadcast.Commands;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.command.AllUsersCommand.Schedule;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.JobProgress;
import dev.fanfare.contracts.delivery.JobProgress.State;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.testkit.command.CommandServiceContract;
import dev.fanfare.testkit.command.TestProducers;
import dev.fanfare.testkit.infra.InfrastructureResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres"))
@QuarkusTestResource(TestProducers.class)
class RecallServiceTest extends CommandServiceContract {

    @Inject
    Pool pool;

    @Override
    protected Topic commands() {
        return Topic.RECALL_COMMAND;
    }

    @Override
    protected Topic output() {
        return Topic.DELIVERY_STREAM;
    }

    @Override
    protected String goodCommand() {
        return """
                {"recalledUID":"%s","fromUserId":"shop"}""".formatted(Commands.UID);
    }

    @Override
    protected String invalidCommand() {
        return """
                {"recalledUID":"that one","fromUserId":"shop"}""";
    }

    @Test
    void whatNothingIsKnownOfIsTakenBackFromEverybodyWhoMayHaveIt() throws Exception {
        // Given
        String app = newApp();

        // When
        send(app, "recall", goodCommand());

        // Then
        var record = awaitOutput(app, 1).get(0);
        assertThat(AppUnderTest.header(record, InApp.HEADER)).isEqualTo("KEPT");
        assertThat(AppUnderTest.header(record, InApp.RECALLS_HEADER)).isEqualTo(Commands.UID);
    }

    @Test
    void aMessageThatIsTakenBackIsNotPushedAnyMore() throws Exception {
        try (AppUnderTest app = new AppUnderTest(pool)) {
            // Given
            long tomorrow = Instant.now().plusSeconds(86_400).toEpochMilli();
            app.send(Commands.at(Commands.zim(PushTo.ALL, Commands.PUSH), new Schedule(tomorrow, null, null)));
            app.awaitState(Commands.UID, "SCHEDULED");

            // When
            send(app.key(), "recall", goodCommand());

            // Then
            app.awaitState(Commands.UID, "CANCELLED");
            var record = app.online(1).get(0);
            assertThat(AppUnderTest.header(record, InApp.HEADER))
                    .as("as the message itself")
                    .isEqualTo("LIVE");
            kafka().await(Topic.DELIVERY_OUTCOME, 2, told -> told.key().equals(app.key() + ":" + Commands.UID));
            assertThat(app.progress(Commands.UID))
                    .extracting(JobProgress::state)
                    .containsExactly(State.SCHEDULED, State.CANCELLED);
        }
    }

    @Test
    void aMessageToOneUserIsTakenBackFromThatUser() throws Exception {
        // Given
        String app = newApp();

        // When
        send(app, "recall", goodCommand().replace("}", ",\"toUserId\":\"u1\"}"));

        // Then
        var records =
                kafka().await(Topic.DELIVERY_DIRECT, 1, record -> record.key().equals(app + ":u1"));
        assertThat(records).hasSize(1);
    }
}
