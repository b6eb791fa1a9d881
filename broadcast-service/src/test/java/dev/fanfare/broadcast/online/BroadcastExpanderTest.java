package dev.fanfare.broadcast.online;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.command.BroadcastCommand;
import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.contracts.delivery.ClientMessage.ConversationType;
import dev.fanfare.contracts.message.MessageUid;
import dev.fanfare.runtime.intake.Received;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BroadcastExpanderTest {

    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123Z");

    @Test
    void makesASystemMessageOfTheSender() {
        // Given
        var command = new BroadcastCommand("5FGT-7VA9-G4DD-4V5P", "2191", "RC:TxtMsg", "{\"content\":\"hé\"}", true);

        // When
        ClientMessage message = BroadcastExpander.expand(received("id", command));

        // Then
        assertThat(message)
                .isEqualTo(new ClientMessage(
                        "5FGT-7VA9-G4DD-4V5P",
                        ConversationType.SYSTEM,
                        "2191",
                        "2191",
                        "RC:TxtMsg",
                        "{\"content\":\"hé\"}",
                        TIME.toEpochMilli(),
                        true));
    }

    @Test
    void derivesTheSameIdEveryTimeWhenNoneWasGiven() {
        // Given
        var command = new BroadcastCommand(null, "2191", "RC:TxtMsg", "hello", null);
        String first = BroadcastExpander.expand(received("id", command)).messageUID();

        // When
        String again = BroadcastExpander.expand(received("id", command)).messageUID();
        String other = BroadcastExpander.expand(received("other id", command)).messageUID();

        // Then
        assertThat(first).isEqualTo(again).isNotEqualTo(other);
        assertThat(MessageUid.timeOf(first)).isEqualTo(TIME.toEpochMilli());
    }

    private static Received<BroadcastCommand> received(String id, BroadcastCommand command) {
        return new Received<>("app", id, TIME, command);
    }
}
