package dev.fanfare.broadcast.recall;

import dev.fanfare.broadcast.job.JobStore.Key;
import dev.fanfare.broadcast.job.ProgressRecords;
import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.command.RecallCommand;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.intake.CommandIntake;
import dev.fanfare.runtime.intake.CommandType;
import dev.fanfare.runtime.intake.Received;
import dev.fanfare.runtime.pipeline.OutRecord;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Reads recalls: the job of the message that is taken back ends, and whoever has the message is told. At least once. While
 * the database is away, recalls of messages to all users wait, and those behind them.
 */
@ApplicationScoped
class RecallCommands {

    private static final CommandType<RecallCommand> TYPE =
            new CommandType<>(Topic.RECALL_COMMAND, RecallCommand.class, CommandRules::check);

    private final CommandIntake intake;
    private final RecalledJobs jobs;

    RecallCommands(CommandIntake intake, RecalledJobs jobs) {
        this.intake = intake;
        this.jobs = jobs;
    }

    @Incoming("recalls")
    Uni<Void> take(Message<List<byte[]>> batch) {
        return intake.expandBatch(TYPE, batch, this::expander);
    }

    private Uni<Function<Received<RecallCommand>, List<OutRecord>>> expander(List<Received<RecallCommand>> batch) {
        Set<Key> ofBroadcasts = batch.stream()
                .filter(received -> received.command().toUserId() == null)
                .map(RecallCommands::recalled)
                .collect(Collectors.toSet());
        return jobs.cancel(ofBroadcasts).map(found -> received -> records(received, found));
    }

    private static List<OutRecord> records(Received<RecallCommand> received, Map<Key, RecalledJob> found) {
        if (received.command().toUserId() != null) {
            return List.of(RecallExpander.ofMessageToUser(received));
        }
        Optional<RecalledJob> job = Optional.ofNullable(found.get(recalled(received)));
        List<OutRecord> records = new ArrayList<>();
        records.add(
                RecallExpander.ofBroadcast(received, job.map(RecalledJob::inApp).orElse(InApp.KEPT)));
        job.flatMap(RecalledJob::cancelled).map(ProgressRecords::of).ifPresent(records::add);
        return records;
    }

    private static Key recalled(Received<RecallCommand> received) {
        return new Key(received.appKey(), received.command().recalledUID());
    }
}
