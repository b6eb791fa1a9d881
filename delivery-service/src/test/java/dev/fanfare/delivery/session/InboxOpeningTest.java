package dev.fanfare.delivery.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.delivery.inbox.InboxMessage;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.inbox.InboxState;
import dev.fanfare.delivery.protocol.ClientCommand.Position;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InboxOpeningTest {

    /** Positions are {@code epoch:offset}; a dash is none. */
    @ParameterizedTest
    @CsvSource({
        // client, end, device; kept messages; recovered, told, position, confirmed
        "-,    7:0, -,   '',      true,  '',    7:0, 0",
        "-,    7:3, -,   '1 2 3', true,  1 2 3, 7:3, 0",
        "-,    7:3, -,   '1 2',   true,  1 2,   7:2, 0",
        "-,    7:3, 7:1, '2 3',   true,  2 3,   7:3, 1",
        "-,    7:3, 7:3, '',      true,  '',    7:3, 3",
        "-,    7:3, 6:3, '1 2 3', true,  1 2 3, 7:3, 0",
        "-,    7:3, 7:4, '1 2 3', true,  1 2 3, 7:3, 0",
        "-,    7:3, -,   '3',     true,  3,     7:3, 0",
        "-,    7:3, -,   '',      true,  '',    7:3, 0",
        "-,    0:0, -,   '',      true,  '',    0:0, 0",
        "0:0,  0:0, -,   '',      true,  '',    0:0, 0",
        "0:0,  7:3, -,   '1 2 3', true,  1 2 3, 7:3, 0",
        "0:0,  7:3, 7:1, '2 3',   true,  2 3,   7:3, 1",
        "0:0,  7:3, -,   '3',     true,  3,     7:3, 0",
        "7:0,  7:3, -,   '1 2 3', true,  1 2 3, 7:3, 0",
        "7:1,  7:3, 7:1, '2 3',   true,  2 3,   7:3, 1",
        "7:2,  7:3, 7:1, '3',     true,  3,     7:3, 1",
        "7:3,  7:3, 7:1, '',      true,  '',    7:3, 1",
        "7:0,  7:3, -,   '2 3',   false, '',    7:0, 0",
        "7:1,  7:3, 7:1, '3',     false, '',    7:1, 1",
        "7:1,  7:3, 7:1, '',      false, '',    7:3, 1",
        "7:4,  7:3, 7:1, '2 3',   false, '',    7:1, 1",
        "6:2,  7:3, -,   '1 2 3', false, '',    7:0, 0",
        "6:2,  7:3, 7:1, '2 3',   false, '',    7:1, 1",
        "6:3,  7:3, 7:3, '',      false, '',    7:3, 3",
        "6:3,  0:0, 6:3, '',      false, '',    0:0, 0",
        "0:2,  7:3, -,   '1 2 3', false, '',    7:0, 0",
        "?:2,  7:3, -,   '1 2 3', false, '',    7:0, 0",
    })
    void whatAClientIsToldThatComes(
            String asked,
            String end,
            String confirmed,
            String page,
            boolean recovered,
            String told,
            String position,
            long kept) {
        // Given
        InboxState state = new InboxState(position(end), position(confirmed));

        // When
        InboxOpening.Start start = InboxOpening.start(asked(asked), state);
        InboxOpening opening = InboxOpening.found(asked(asked), start, messages(page), state.end());

        // Then
        assertThat(opening)
                .isEqualTo(new InboxOpening(
                        true, recovered, opening.messages(), position(position), position(end), kept, List.of()));
        assertThat(opening.messages())
                .extracting(InboxMessage::offset)
                .isEqualTo(messages(told).stream().map(InboxMessage::offset).toList());
    }

    @Test
    void whileNobodyKnowsAClientStaysWhereItIs() {
        assertThat(InboxOpening.unknown(null))
                .isEqualTo(
                        new InboxOpening(false, true, List.of(), InboxPosition.NONE, InboxPosition.NONE, 0, List.of()));
        assertThat(InboxOpening.unknown(asked("7:2")))
                .isEqualTo(new InboxOpening(false, true, List.of(), position("7:2"), position("7:2"), 0, List.of()));
    }

    private static Position asked(String text) {
        String[] parts = text.split(":");
        return text.equals("-") ? null : new Position(parts[0], Long.parseLong(parts[1]));
    }

    private static InboxPosition position(String text) {
        String[] parts = text.split(":");
        return text.equals("-") ? null : new InboxPosition(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    private static List<InboxMessage> messages(String offsets) {
        return Arrays.stream(offsets.split(" "))
                .filter(offset -> !offset.isEmpty())
                .map(offset -> new InboxMessage(Long.parseLong(offset), "M" + offset, new byte[2]))
                .toList();
    }
}
