package dev.fanfare.broadcast.command;

import dev.fanfare.broadcast.job.JobStore;
import dev.fanfare.broadcast.job.JobStore.Key;
import dev.fanfare.broadcast.job.NewJob;
import dev.fanfare.broadcast.job.ProgressRecords;
import dev.fanfare.broadcast.online.OnlineHalf;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.delivery.JobProgress.State;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.intake.CommandIntake;
import dev.fanfare.runtime.intake.CommandType;
import dev.fanfare.runtime.intake.Received;
import dev.fanfare.runtime.pipeline.OutRecord;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Reads commands to all users: the job is kept first, then those who are online are told, by one record of the stream.
 * At least once; a command that comes again makes the same record and no other job. While the database is away the
 * commands wait.
 */
@ApplicationScoped
class AllUsersCommands {

    private static final CommandType<AllUsersCommand> TYPE =
            new CommandType<>(Topic.ALL_USERS_COMMAND, AllUsersCommand.class, CommandRules::check);

    private final CommandIntake intake;
    private final JobStore store;

    AllUsersCommands(CommandIntake intake, JobStore store) {
        this.intake = intake;
        this.store = store;
    }

    @Incoming("all-users")
    Uni<Void> take(Message<List<byte[]>> batch) {
        return intake.expandBatch(TYPE, batch, this::expander);
    }

    private Uni<Function<Received<AllUsersCommand>, List<OutRecord>>> expander(List<Received<AllUsersCommand>> batch) {
        return store.add(batch.stream().map(CommandJob::of).toList())
                .map(added -> received -> records(CommandJob.of(received), added));
    }

    private static List<OutRecord> records(NewJob job, Set<Key> added) {
        List<OutRecord> records = new ArrayList<>();
        if (job.state() != State.SCHEDULED) {
            OnlineHalf.of(job.appKey(), job.command(), job.sentAt()).ifPresent(records::add);
        }
        if (added.contains(new Key(job.appKey(), job.command().messageUID()))) {
            records.add(ProgressRecords.of(job.progress(System.currentTimeMillis())));
        }
        return records;
    }
}
