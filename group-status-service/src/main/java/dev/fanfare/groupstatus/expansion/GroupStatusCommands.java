package dev.fanfare.groupstatus.expansion;

import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.command.GroupStatusCommand;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.groupstatus.group.Members;
import dev.fanfare.runtime.intake.CommandIntake;
import dev.fanfare.runtime.intake.CommandType;
import dev.fanfare.runtime.intake.Received;
import dev.fanfare.runtime.pipeline.OutRecord;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Reads group status commands and writes deliveries to the members that a group has then. At least once, in the order of
 * the commands, keyed by group. While the database is away the commands wait.
 */
@ApplicationScoped
class GroupStatusCommands {

    private static final CommandType<GroupStatusCommand> TYPE =
            new CommandType<>(Topic.GROUP_STATUS_COMMAND, GroupStatusCommand.class, CommandRules::check);

    private final CommandIntake intake;
    private final Members members;

    GroupStatusCommands(CommandIntake intake, Members members) {
        this.intake = intake;
        this.members = members;
    }

    @Incoming("commands")
    Uni<Void> expand(Message<List<byte[]>> batch) {
        return intake.expandBatch(TYPE, batch, this::expander);
    }

    /** One query for all groups of an app that the batch names. */
    private Uni<Function<Received<GroupStatusCommand>, List<OutRecord>>> expander(
            List<Received<GroupStatusCommand>> batch) {
        Map<String, Set<String>> groupsByApp = batch.stream()
                .collect(Collectors.groupingBy(
                        Received::appKey,
                        Collectors.flatMapping(
                                received -> received.command().toGroupId().stream(), Collectors.toSet())));
        return Multi.createFrom()
                .iterable(groupsByApp.entrySet())
                .onItem()
                .transformToUniAndConcatenate(groups ->
                        members.of(groups.getKey(), groups.getValue()).map(found -> Map.entry(groups.getKey(), found)))
                .collect()
                .asMap(Map.Entry::getKey, Map.Entry::getValue)
                .map(found -> received -> records(received, found.get(received.appKey())));
    }

    private static List<OutRecord> records(
            Received<GroupStatusCommand> received, Map<String, List<String>> membersByGroup) {
        return received.command().toGroupId().stream()
                .flatMap(groupId -> {
                    String key = RecordKey.ofGroup(received.appKey(), groupId);
                    return GroupStatusExpander.expand(
                                    received, groupId, membersByGroup.getOrDefault(groupId, List.of()))
                            .stream()
                            .map(delivery -> OutRecord.of(Topic.DELIVERY_DIRECT, key, delivery));
                })
                .toList();
    }
}
