package dev.fanfare.broadcast.online;

import dev.fanfare.contracts.command.BroadcastCommand;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.runtime.intake.Received;

/**
 * Makes of a broadcast command the one message that every client of the app gets. Pure: the same command gives the same
 * message, its id included, however often it is read.
 */
final class BroadcastExpander {

    private BroadcastExpander() {}

    static ClientMessage expand(Received<BroadcastCommand> received) {
        BroadcastCommand command = received.command();
        return new ClientMessage(
                GivenUid.of(received, command.messageUID()),
                ConversationType.SYSTEM,
                command.fromUserId(),
                command.fromUserId(),
                command.objectName(),
                command.content(),
                received.time().toEpochMilli(),
                command.disableUpdateLastMsg());
    }
}
