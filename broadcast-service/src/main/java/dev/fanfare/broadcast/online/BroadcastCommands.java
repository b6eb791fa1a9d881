package dev.fanfare.broadcast.online;

import dev.fanfare.contracts.command.BroadcastCommand;
import dev.fanfare.contracts.command.CommandRules;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.runtime.intake.CommandIntake;
import dev.fanfare.runtime.intake.CommandType;
import dev.fanfare.runtime.intake.Received;
import dev.fanfare.runtime.pipeline.OutRecord;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * Reads broadcast commands and writes one record each to the stream that all delivery nodes read, whatever the number of
 * users. At least once, in the order of the app's commands. The record's value is the bytes that clients get.
 */
@ApplicationScoped
class BroadcastCommands {

    private static final CommandType<BroadcastCommand> TYPE =
            new CommandType<>(Topic.BROADCAST_COMMAND, BroadcastCommand.class, CommandRules::check);

    private final CommandIntake intake;

    BroadcastCommands(CommandIntake intake) {
        this.intake = intake;
    }

    @Incoming("commands")
    Uni<Void> expand(Message<List<byte[]>> batch) {
        return intake.expandEach(TYPE, batch, received -> List.of(record(received)));
    }

    private static OutRecord record(Received<BroadcastCommand> received) {
        String key = RecordKey.ofApp(received.appKey());
        return OutRecord.of(Topic.DELIVERY_STREAM, key, BroadcastExpander.expand(received));
    }
}
