package dev.fanfare.delivery.session;

import dev.fanfare.delivery.inbox.InboxMessage;
import dev.fanfare.delivery.inbox.InboxPosition;
import dev.fanfare.delivery.inbox.InboxState;
import dev.fanfare.delivery.protocol.CloseCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

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
    /** The client was told of no inbox: it must learn which one it is in before it is told of a message. */
    private boolean fresh;
    /** The connect reply said that nothing is missing, and nobody has looked yet. */
    private boolean unsure;

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
        fresh = opening.position().equals(InboxPosition.NONE);
        unsure = !known && !fresh;
        boolean saysNothing = !known && fresh;
        if (!saysNothing) {
            if (isOfAnotherInbox(opening.end().epoch())) {
                session.close(CloseCode.INSUFFICIENT_STATE);
                return;
            }
            epoch = opening.end().epoch();
        }
        told = opening.position().offset();
        newest = Math.max(newest, opening.end().offset());
        opening.had().forEach(this::noteOnce);
        opening.messages().forEach(this::noteOnce);
        beginConfirmed(opening.kept());
    }

    /** A message that came before has told already which inbox this is. */
    private boolean isOfAnotherInbox(long other) {
        return epoch != 0 && epoch != other;
    }

    /** Clients without a name share what is kept: another one of them may be further than this one. */
    private void beginConfirmed(long kept) {
        confirmed = Math.min(kept, told);
        pinged = confirmed;
        removeUpTo(confirmed).forEach(message -> confirmAgain(message.handover));
    }

    /** Of a message that the device has confirmed before. */
    private void confirmAgain(Handover handover) {
        host.keepConfirmed(session.info(), new InboxPosition(epoch, confirmed))
                .whenComplete((kept, failure) -> answer(handover, failure == null));
    }

    private void answer(Handover handover, boolean isConfirmed) {
        if (isConfirmed) {
            handover.confirmed(session.info().deviceId());
        } else {
            handover.unconfirmed();
        }
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
        if (at.epoch() < epoch) {
            // Of an inbox that has ended: nobody misses it.
            handover.unconfirmed();
            return;
        }
        if (isOfAnotherInbox(at.epoch())) {
            handover.unconfirmed();
            session.close(CloseCode.INSUFFICIENT_STATE);
            return;
        }
        if (begun && at.offset() <= confirmed) {
            confirmAgain(handover);
            return;
        }
        note(new Told(at.offset(), messageUid, handover));
        newest = Math.max(newest, at.offset());
        if (!begun) {
            return;
        }
        if (fresh) {
            // An inbox has begun, or the message is of one that has ended since: PostgreSQL says which.
            known = false;
        }
        boolean isNext = known && !reading && at.offset() == told + 1;
        if (!isNext || !tellNext(frames)) {
            readOn();
        }
        // Also if it could not be told: whoever waits for it must not wait for ever.
        session.heartbeat().askForConfirmation();
    }

    /** The offset first: a link that becomes writable says so in the middle of the write, and reading on begins there. */
    private boolean tellNext(SharedFrames frames) {
        told++;
        boolean takes = session.tell(frames);
        if (!takes) {
            told--;
        }
        return takes;
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
            host.readInbox(session, new InboxPosition(epoch, told));
        }
    }

    /** The connect reply is written. */
    void onJoined() {
        if (awaitsConfirmation()) {
            session.heartbeat().askForConfirmation();
        }
        readOn();
    }

    /** Whether the client has not confirmed yet what it was told. */
    boolean awaitsConfirmation() {
        return unconfirmed != null && !unconfirmed.isEmpty();
    }

    /** What was read behind the offset that is told. */
    void onRead(List<InboxMessage> page) {
        if (!session.isLive()) {
            return;
        }
        if (unsure && (page.isEmpty() || page.get(0).offset() > told + 1)) {
            // Now that it is known, the client can be told that something is missing.
            session.close(CloseCode.INSUFFICIENT_STATE);
            return;
        }
        unsure = false;
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
        session.flush();
        reading = false;
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
    void onState(InboxState state) {
        reading = false;
        if (!session.isLive()) {
            return;
        }
        InboxPosition end = state.end();
        if (fresh ? isOfAnotherInbox(end.epoch()) : !end.covers(new InboxPosition(epoch, told))) {
            // Now that it is known, the client can be told from where on.
            session.close(CloseCode.INSUFFICIENT_STATE);
            return;
        }
        known = true;
        epoch = end.epoch();
        newest = Math.max(newest, end.offset());
        InboxOpening.Start device = InboxOpening.start(null, state);
        if (fresh && epoch != 0) {
            fresh = false;
            told = device.position().offset();
            session.reposition(device.position());
        }
        beginConfirmed(device.kept());
        confirmSoon();
        readOn();
    }

    /** PostgreSQL did not answer, and a while has passed. */
    void onReadFailed() {
        reading = false;
        readOn();
    }

    /** Asks the client by a ping whether it has what it was told. */
    private void confirmSoon() {
        if (known && told > confirmed) {
            session.heartbeat().askForConfirmation();
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
        InboxPosition position = new InboxPosition(epoch, offset);
        tellDelivered(has)
                .thenCompose(told -> host.keepConfirmed(session.info(), position))
                .whenComplete((kept, failure) -> {
                    for (Told message : has) {
                        if (message.handover != null) {
                            answer(message.handover, failure == null);
                        }
                    }
                });
    }

    /**
     * Of what was read from the inbox: no record stands behind it that would tell. It is told before the position is kept,
     * for nobody looks at what is behind a position again.
     */
    private CompletableFuture<Void> tellDelivered(List<Told> has) {
        List<String> read = has.stream()
                .filter(message -> message.handover == null)
                .map(Told::messageUid)
                .toList();
        return read.isEmpty() ? CompletableFuture.completedFuture(null) : host.delivered(session.info(), read);
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
