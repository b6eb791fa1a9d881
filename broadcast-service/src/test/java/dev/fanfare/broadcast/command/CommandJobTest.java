package dev.fanfare.broadcast.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.broadcast.Commands;
import dev.fanfare.broadcast.job.NewJob;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.AllUsersCommand.PushTo;
import dev.fanfare.contracts.command.AllUsersCommand.Schedule;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.JobProgress.State;
import dev.fanfare.contracts.message.MessageUid;
import dev.fanfare.runtime.intake.Received;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CommandJobTest {

    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final AllUsersCommand COMMAND = Commands.text(InApp.KEPT, PushTo.OFFLINE, Commands.PUSH);

    @Test
    void runsAtOnce() {
        // When
        NewJob job = CommandJob.of(received(COMMAND));

        // Then
        assertThat(job).isEqualTo(new NewJob("app", COMMAND, State.RUNNING, TIME.toEpochMilli(), null, null, null));
    }

    @Test
    void isAtItsEndWhereNothingIsPushed() {
        // When
        NewJob job = CommandJob.of(received(Commands.text(InApp.KEPT, PushTo.NONE, null)));

        // Then
        assertThat(job.state()).isEqualTo(State.DONE);
    }

    @Test
    void waitsForItsTime() {
        // Given
        long later = TIME.plusSeconds(60).toEpochMilli();

        // When
        NewJob job = CommandJob.of(received(Commands.at(COMMAND, new Schedule(later, null, null))));

        // Then
        assertThat(job.state()).isEqualTo(State.SCHEDULED);
        assertThat(job.sendAt()).isEqualTo(later);
    }

    @Test
    void waitsForTheFirstOfItsTimes() {
        // When
        NewJob job = CommandJob.of(received(Commands.at(COMMAND, new Schedule(null, "30 12 * * *", "Asia/Shanghai"))));

        // Then
        assertThat(job.state()).isEqualTo(State.SCHEDULED);
        assertThat(job.sendAt()).isEqualTo(Instant.parse("2026-03-02T04:30:00Z").toEpochMilli());
    }

    @Test
    void derivesTheSameIdEveryTimeWhenNoneWasGiven() {
        // Given
        var unnamed = COMMAND.as(null, null);

        // When
        String uid = CommandJob.of(received(unnamed)).command().messageUID();

        // Then
        assertThat(uid).isEqualTo(CommandJob.of(received(unnamed)).command().messageUID());
        assertThat(MessageUid.timeOf(uid)).isEqualTo(TIME.toEpochMilli());
    }

    private static Received<AllUsersCommand> received(AllUsersCommand command) {
        return new Received<>("app", "id", TIME, command);
    }
}
