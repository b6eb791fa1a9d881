package dev.fanfare.broadcast.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.fanfare.broadcast.AppUnderTest;
import dev.fanfare.broadcast.Commands;
import dev.fanfare.broadcast.job.JobStore;
import dev.fanfare.broadcast.job.NewJob;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.command.AllUsersCommand.Schedule;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.testkit.command.TestProducers;
import dev.fanfare.testkit.infra.InfrastructureResource;
import dev.fanfare.testkit.infra.TestKafka;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = InfrastructureResource.class,
        initArgs = @ResourceArg(name = "needs", value = "kafka,postgres"))
@QuarkusTestResource(TestProducers.class)
class ScheduleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AllUsersCommand TO_ALL = Commands.text(InApp.KEPT, PushTo.OFFLINE, Commands.PUSH);

    @Inject
    Pool pool;

    @Inject
    JobStore store;

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
    void isSentAtItsTimeAndNotBefore() throws Exception {
        // Given
        app.register(600);
        long sendAt = Instant.now().plusSeconds(3).toEpochMilli();

        // When
        app.send(Commands.at(TO_ALL, new Schedule(sendAt, null, null)));

        // Then
        app.awaitState(Commands.UID, "SCHEDULED");
        app.awaitState(Commands.UID, "DONE");
        var online = app.online(1).get(0);
        assertThat(online.timestamp()).isGreaterThanOrEqualTo(sendAt);
        assertThat(TestKafka.valueOf(online, ClientMessage.class).sentTime()).isEqualTo(sendAt);
        assertThat(app.handedOver()).containsExactlyInAnyOrderElementsOf(AppUnderTest.userIds(600));
    }

    @Test
    void canBeCancelledBeforeItStarts() throws Exception {
        // Given
        app.register(1);
        long sendAt = Instant.now().plusSeconds(2).toEpochMilli();
        app.send(Commands.at(TO_ALL, new Schedule(sendAt, null, null)));
        app.awaitState(Commands.UID, "SCHEDULED");
        app.get("?state=SCHEDULED").body("broadcasts", hasSize(1)).body("broadcasts[0].sendAt", equalTo(sendAt));

        // When
        app.post("/" + Commands.UID + "/cancel").statusCode(200);

        // Then
        AllUsersCommand after = TO_ALL.as("5FGT-7VA9-G4DD-0001", new Schedule(sendAt + 500, null, null));
        app.send(after);
        app.awaitState(after.messageUID(), "DONE");
        assertThat(app.online(1))
                .extracting(
                        record -> TestKafka.valueOf(record, ClientMessage.class).messageUID())
                .containsExactly(after.messageUID());
        assertThat(app.stateOf(Commands.UID)).isEqualTo("CANCELLED");
    }

    @Test
    void ofMissedTimesTheLatestIsMadeUpForAndTheSeriesGoesOn() throws Exception {
        // Given a series that nobody was there to run for ten minutes
        app.register(600);
        Instant thisMinute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        Instant missed = thisMinute.minus(Duration.ofMinutes(10));
        AllUsersCommand everyMinute = Commands.at(TO_ALL, new Schedule(null, "* * * * *", "Europe/Berlin"));

        // When
        store.add(List.of(NewJob.scheduled(app.key(), everyMinute, missed.toEpochMilli(), missed.toEpochMilli())))
                .await()
                .atMost(PATIENCE);

        // Then
        await().atMost(PATIENCE).untilAsserted(() -> app.get("?state=DONE").body("broadcasts.size()", equalTo(1)));
        ClientMessage told = TestKafka.valueOf(app.online(1).get(0), ClientMessage.class);
        assertThat(told.sentTime())
                .isIn(
                        thisMinute.toEpochMilli(),
                        thisMinute.plus(Duration.ofMinutes(1)).toEpochMilli());
        app.get("?state=DONE")
                .body("broadcasts[0].messageUID", equalTo(told.messageUID()))
                .body("broadcasts[0].seriesUID", equalTo(Commands.UID))
                .body("broadcasts[0].users", equalTo(600));
        app.get("/" + Commands.UID)
                .body("state", equalTo("SCHEDULED"))
                .body("cron", equalTo("* * * * *"))
                .body("timeZone", equalTo("Europe/Berlin"))
                .body("lastRunAt", equalTo(told.sentTime()))
                .body("sendAt", equalTo(told.sentTime() + 60_000));
        app.post("/" + Commands.UID + "/cancel").statusCode(200);
    }
}
