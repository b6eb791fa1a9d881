package dev.fanfare.delivery.session;

import dev.fanfare.delivery.inbox.InboxMessage;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.inbox.InboxState;
import dev.fanfare.delivery.protocol.ClientCommand.Position;
import java.util.List;

/**
 * What a session is told of its user's inbox when it joins. Made in two steps: where to begin ({@link #start}), and what
 * was found there ({@link #found}). Pure functions.
 *
 * <p>A client that was told of no inbox yet ({@link InboxPosition#NONE}) knows as little as one that says nothing.
 *
 * @param known false: PostgreSQL is away, the session begins where the client says that it is and looks later
 * @param complete nothing is missing between the client's position and {@code messages}; false: something is gone, the
 *     client must be told so, and what is still kept follows after {@code position}
 * @param messages in order, as many as may stand in a reply; none if not {@code complete}
 * @param position where the session stands when it has them
 * @param end where the inbox ended
 * @param kept the offset up to which the device is known to have confirmed it
 * @param had messages behind {@code kept} that the client has by its own account: it was told them by a session that ended
 *     before that was written down
 */
record InboxOpening(
        boolean known,
        boolean complete,
        List<InboxMessage> messages,
        InboxPosition position,
        InboxPosition end,
        long kept,
        List<InboxMessage> had) {

    /**
     * Where to begin.
     *
     * @param complete whether the client can be brought from where it was to there
     * @param kept see {@link InboxOpening}
     */
    record Start(InboxPosition position, boolean complete, long kept) {

        /** Whether the client has more than its device is known to have. */
        boolean isAheadOfKept() {
            return complete && kept < position.offset();
        }
    }

    /** @param behindKept what comes after {@link #kept} */
    InboxOpening withHad(List<InboxMessage> behindKept, Start start) {
        List<InboxMessage> those = behindKept.stream()
                .filter(message -> message.offset() <= start.position.offset())
                .toList();
        return new InboxOpening(known, complete, messages, position, end, kept, those);
    }

    /**
     * A client that says where it was goes on there, if that is in this inbox. One that says nothing goes on where its
     * device was, or begins with the oldest that is kept.
     *
     * @param asked null if the client remembers nothing
     */
    static Start start(Position asked, InboxState state) {
        long epoch = state.end().epoch();
        InboxPosition confirmed = state.confirmed();
        boolean deviceIsKnown = confirmed != null
                && confirmed.epoch() == epoch
                && confirmed.offset() <= state.end().offset();
        InboxPosition device = deviceIsKnown ? confirmed : new InboxPosition(epoch, 0);
        if (remembersNothing(asked)) {
            return new Start(device, true, device.offset());
        }
        InboxPosition known = InboxPosition.of(asked.epoch(), asked.offset());
        return state.end().covers(known)
                ? new Start(known, true, device.offset())
                : new Start(device, false, device.offset());
    }

    private static boolean remembersNothing(Position asked) {
        return asked == null || InboxPosition.of(asked.epoch(), asked.offset()).equals(InboxPosition.NONE);
    }

    /**
     * @param asked null if the client remembers nothing: then it cannot miss what it never heard of
     * @param page what comes after the start
     */
    static InboxOpening found(Position asked, Start start, List<InboxMessage> page, InboxPosition end) {
        boolean gone = !remembersNothing(asked)
                && start.position.offset() < end.offset()
                && (page.isEmpty() || page.get(0).offset() > start.position.offset() + 1);
        boolean complete = start.complete && !gone;
        if (page.isEmpty()) {
            return new InboxOpening(true, complete, List.of(), end, end, start.kept, List.of());
        }
        return complete
                ? new InboxOpening(
                        true,
                        true,
                        page,
                        new InboxPosition(end.epoch(), page.get(page.size() - 1).offset()),
                        end,
                        start.kept,
                        List.of())
                : new InboxOpening(true, false, List.of(), start.position, end, start.kept, List.of());
    }

    /** PostgreSQL does not answer. */
    static InboxOpening unknown(Position asked) {
        InboxPosition position = asked == null ? InboxPosition.NONE : InboxPosition.of(asked.epoch(), asked.offset());
        return new InboxOpening(false, true, List.of(), position, position, 0, List.of());
    }
}
