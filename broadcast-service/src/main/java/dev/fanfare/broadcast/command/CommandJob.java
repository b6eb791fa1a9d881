package dev.fanfare.broadcast.command;

import dev.fanfare.broadcast.job.NewJob;
import dev.fanfare.broadcast.online.GivenUid;
import dev.fanfare.broadcast.schedule.Occurrences;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.runtime.intake.Received;

/** Makes of a command the job that it means. Pure: the same command always means the same job. */
final class CommandJob {

    private CommandJob() {}

    static NewJob of(Received<AllUsersCommand> received) {
        AllUsersCommand given = received.command();
        AllUsersCommand command = given.as(GivenUid.of(received, given.messageUID()), given.schedule());
        long time = received.time().toEpochMilli();
        if (Occurrences.isNow(given.schedule(), received.time())) {
            return NewJob.running(received.appKey(), command, time, null).inTrace(received.trace());
        }
        long first = Occurrences.first(given.schedule(), received.time())
                .orElseThrow(() -> new IllegalStateException("the rules let a schedule pass that never comes"))
                .toEpochMilli();
        return NewJob.scheduled(received.appKey(), command, time, first);
    }
}
