package dev.fanfare.delivery.session;

import dev.fanfare.delivery.inbox.InboxMessage;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.protocol.CloseCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * What one session was told of its user's inbox, and what the client has confirmed of it: two offsets. A message that
 * comes next in order is told at once; one that does not (another one was lost on the way, the client does not read, the
 * connect reply is not written yet) is only noted, and the session reads on in the inbox until it has caught up. So nothing
 * is told twice, out of order or not at all, whatever happens to the records on their way.
 *
 * <p>Confirmed is what was told before a ping that the client answered. On the session's event loop.
 */
final class SessionInbox {

    /** Told and not confirmed: beyond this the session reads on when the client has answered. */
    private static final int MAX_UNCONFIRMED = 500;

    private final Session session;
    private final SessionHost host;

    private boolean begun;
    /** False while PostgreSQL has not said yet what is in the inbox. */
    private boolean known;

    private long epoch;
    private long told;
    /** The last message that is known to be there. */
    private long newest;

    private long pinged;
    private long confirmed;
    private boolean reading;
    /** Told and not confirmed, in order; null if there was never one. */
    private Deque<Told> unconfirmed;

    /** @param handover null for a message that was read from the inbox */
    private record Told(long offset, String messageUid, Handover handover) {}

    SessionInbox(Session session, SessionHost host) {
        this.session = session;
        this.host = host;
    }

    /** The connect reply tells the messages of {@code opening}; what is due beyond them follows by {@link #readOn}. */
    void begin(InboxOpening opening) {
        begun = true;
        known = opening.known();
        if (isOfAnotherInbox(opening.end().epoch())) {
            session.close(CloseCode.INSUFFICIENT_STATE);
            return;
        }
        epoch = opening.end().epoch();
        told = opening.position().offset();
        confirmed = opening.kept();
        pinged = confirmed;
        newest = Math.max(newest, opening.end().offset());
        opening.messages().forEach(this::noteTold);
    }

    /** A message that came before has told already which inbox this is. */
    private boolean isOfAnotherInbox(long other) {
        return known && epoch != 0 && epoch != other;
    }

    private void noteTold(InboxMessage message) {
        note(new Told(message.offset(), message.messageUid(), null));
    }

    private void note(Told message) {
        if (unconfirmed == null) {
            unconfirmed = new ArrayDeque<>(2);
        }
        unconfirmed.add(message);
    }

    /** A message of the inbox, for this session and others. Each session answers {@code handover} once. */
    void take(InboxPosition at, String messageUid, SharedFrames frames, Handover handover) {
        if (epoch == 0) {
            epoch = at.epoch();
        }
        if (epoch != at.epoch()) {
            handover.unconfirmed();
            session.close(CloseCode.INSUFFICIENT_STATE);
            return;
        }
        if (begun && at.offset() <= confirmed) {
            host.keepConfirmed(session.info(), new InboxPosition(epoch, confirmed))
                    .thenRun(() -> handover.confirmed(session.info().deviceId()));
            return;
        }
        note(new Told(at.offset(), messageUid, handover));
        newest = Math.max(newest, at.offset());
        if (!begun) {
            return;
        }
        if (known && !reading && at.offset() == told + 1 && session.tell(frames)) {
            told = at.offset();
        } else {
            readOn();
        }
        // Also if it could not be told: whoever waits for it must not wait for ever.
        session.pingForConfirmation();
    }

    /** Reads on in the inbox until all is told that is known to be there, or the client does not take more for now. */
    void readOn() {
        if (!begun || reading || !session.isLive() || !session.takesMore()) {
            return;
        }
        if (!known) {
            reading = true;
            host.lookIntoInbox(session);
        } else if (told < newest && (unconfirmed == null || unconfirmed.size() < MAX_UNCONFIRMED)) {
            reading = true;
            host.readInbox(session, told);
        }
    }

    /** The connect reply is written. */
    void onJoined() {
        if (awaitsConfirmation()) {
            session.pingForConfirmation();
        }
        readOn();
    }

    /** Whether the client has not confirmed yet what it was told. */
    boolean awaitsConfirmation() {
        return unconfirmed != null && !unconfirmed.isEmpty();
    }

    /** What was read behind the offset that is told. */
    void onRead(List<InboxMessage> page) {
        reading = false;
        if (!session.isLive()) {
            return;
        }
        if (page.isEmpty()) {
            // What was there is gone: its time was over.
            told = Math.max(told, newest);
        }
        for (InboxMessage message : page) {
            session.tell(message);
            noteOnce(message);
            told = message.offset();
        }
        newest = Math.max(newest, told);
        confirmSoon();
        readOn();
    }

    /** One that came by itself before is noted already, with those who wait for it. */
    private void noteOnce(InboxMessage message) {
        if (unconfirmed == null || unconfirmed.stream().noneMatch(other -> other.offset == message.offset())) {
            noteTold(message);
        }
    }

    /** PostgreSQL is back and says what is in the inbox. */
    void onState(InboxPosition end) {
        reading = false;
        InboxPosition position = new InboxPosition(epoch, told);
        if (!end.covers(position)) {
            // Now that it is known, the client can be told from where on.
            session.close(CloseCode.INSUFFICIENT_STATE);
            return;
        }
        known = true;
        epoch = end.epoch();
        newest = Math.max(newest, end.offset());
        readOn();
    }

    /** PostgreSQL did not answer, and a while has passed. */
    void onReadFailed() {
        reading = false;
        readOn();
    }

    /** Asks the client by a ping whether it has what it was told. */
    private void confirmSoon() {
        if (told > confirmed) {
            session.pingForConfirmation();
        }
    }

    /** All that was told so far was told before this ping. */
    void onPing() {
        pinged = told;
    }

    void onPong() {
        confirmUpTo(pinged);
        confirmSoon();
        readOn();
    }

    /** The client said that it has these messages, hence all before them. */
    void onAcknowledged(Collection<String> messageUids) {
        if (unconfirmed != null) {
            unconfirmed.stream()
                    .filter(message -> message.offset <= told && messageUids.contains(message.messageUid))
                    .mapToLong(Told::offset)
                    .max()
                    .ifPresent(this::confirmUpTo);
        }
    }

    private void confirmUpTo(long offset) {
        if (!known || offset <= confirmed) {
            return;
        }
        confirmed = offset;
        List<Told> has = removeUpTo(offset);
        SessionInfo info = session.info();
        host.keepConfirmed(info, new InboxPosition(epoch, offset)).whenComplete((kept, failure) -> {
            for (Told message : has) {
                if (message.handover == null) {
                    continue;
                }
                if (failure == null) {
                    message.handover.confirmed(info.deviceId());
                } else {
                    message.handover.unconfirmed();
                }
            }
        });
        List<String> read = has.stream()
                .filter(message -> message.handover == null)
                .map(Told::messageUid)
                .toList();
        if (!read.isEmpty()) {
            host.delivered(info, read);
        }
    }

    private List<Told> removeUpTo(long offset) {
        List<Told> removed = new ArrayList<>();
        if (unconfirmed != null) {
            for (Iterator<Told> all = unconfirmed.iterator(); all.hasNext(); ) {
                Told message = all.next();
                if (message.offset <= offset) {
                    removed.add(message);
                    all.remove();
                }
            }
        }
        return removed;
    }

    /** Nobody will confirm what is left. */
    void onClosed() {
        if (unconfirmed != null) {
            unconfirmed.stream()
                    .filter(message -> message.handover != null)
                    .forEach(message -> message.handover.unconfirmed());
            unconfirmed = null;
        }
    }
}
