package dev.fanfare.delivery.session;

import dev.fanfare.delivery.window.Broadcast;
import dev.fanfare.delivery.window.BroadcastWindow;
import dev.fanfare.delivery.window.Slice;
import dev.fanfare.delivery.window.Telling;
import java.util.List;

/**
 * The sessions of one app on one event loop, and how far its broadcasts were told to them. Broadcasts are read from the
 * window in runs; a run goes to the sessions in turns of a bounded number, so that other apps and the sockets' own events
 * get theirs in between. What comes while a run is under way waits in the window and goes out as the next run, in one
 * write per session.
 *
 * <p>A session takes part in a run if it stands where the run begins. One that does not (it joined with a part of the
 * window, or does not read) goes its own way through the window until it stands with the others again. What the others
 * were told while it was left behind it gets with the same bytes, if that is not too long ago.
 *
 * <p>On the event loop, but for {@link #servedUpTo()}.
 */
final class AppFanOut {

    /**
     * Bytes in a run: what one write hands to a socket, and what TCP hands to the network card, or to the other end of
     * loopback, as one piece. A little more would be two.
     */
    private static final long RUN_BYTES = 64 * 1024;

    /** What stands around a message on the wire, at most. */
    private static final int ENVELOPE_BYTES = 80;

    private final String appKey;
    private final BroadcastWindow window;
    private final Tally tally;
    private final SessionMetrics metrics;
    private final SessionArray sessions = new SessionArray(Session::appPlace, Session::setAppPlace);

    /** Sessions that keep up stand here, or where the present run ends. */
    private volatile long cursor = Long.MAX_VALUE;

    private BroadcastRun run;
    /** When the present run began, by {@link System#nanoTime}. */
    private long begun;
    /** The present run is still due to the sessions before this place. */
    private int next;
    /** Somebody was due the present run and could not take it. */
    private boolean leftBehind;

    private final ToldRuns told = new ToldRuns();

    private boolean queued;

    AppFanOut(String appKey, BroadcastWindow window, Tally tally, SessionMetrics metrics) {
        this.appKey = appKey;
        this.window = window;
        this.tally = tally;
        this.metrics = metrics;
    }

    /** After this object can be found by who tells of news: nothing is read before it is known where to begin. */
    AppFanOut begin() {
        cursor = window.end(appKey);
        return this;
    }

    void add(Session session) {
        sessions.add(session);
    }

    void remove(Session session) {
        sessions.remove(session);
    }

    boolean isEmpty() {
        return sessions.isEmpty();
    }

    /** Whether it waits for its turn. */
    boolean isQueued() {
        return queued;
    }

    void setQueued(boolean waits) {
        queued = waits;
    }

    /** The position that all sessions have, or will be brought to by the present run. */
    long target() {
        return run == null ? cursor : run.to();
    }

    /** Any thread. */
    long servedUpTo() {
        return cursor;
    }

    /**
     * A run in which a session stands that goes its own way, and that was or is told to others; null if none is there. The
     * caller owns a reference.
     */
    BroadcastRun toldAt(long offset) {
        BroadcastRun found = run != null && run.contains(offset) ? run : told.at(offset);
        if (found != null) {
            found.retain();
        }
        return found;
    }

    /** The same for a session that joined after it came. */
    BroadcastRun toldBefore(CatchingUp session) {
        BroadcastRun found = toldAt(session.offset());
        if (found != null && !found.isForLatecomers(window.recalls(appKey))) {
            found.release();
            return null;
        }
        return found;
    }

    /** How far a session goes its own way before there is a run again in which it stands, or nothing more to tell. */
    long boundaryAfter(long offset) {
        return told.boundaryAfter(offset, cursor);
    }

    /** The next piece for a session at an offset that is in no run. */
    Slice readFor(long offset) {
        return window.read(appKey, offset, boundaryAfter(offset), RUN_BYTES, ENVELOPE_BYTES);
    }

    /** The same for a session that reads what was held when it joined. */
    long boundaryAfter(CatchingUp session) {
        long end = session.joined().end();
        return Math.min(end, told.boundaryAfter(session.offset(), cursor > session.offset() ? cursor : end));
    }

    /** The next piece for such a session. */
    Slice readFor(CatchingUp session) {
        return window.readHeld(
                appKey, session.joined(), session.offset(), boundaryAfter(session), RUN_BYTES, ENVELOPE_BYTES);
    }

    /** A piece that a session reads by itself. */
    BroadcastRun runOf(Slice slice) {
        return new BroadcastRun(slice, tally);
    }

    /** A session was told these when it joined. */
    void countJoined(List<Broadcast> broadcasts) {
        for (Broadcast broadcast : broadcasts) {
            tally.add(broadcast, 1);
        }
    }

    /** The tally gets what was told so far. */
    void settle() {
        if (run != null) {
            run.settle();
        }
        told.settle();
    }

    /** Once a second. */
    void tick() {
        told.tick();
    }

    /** The last session has left, and none will come. A run that is under way ends with its next turn. */
    void end() {
        told.releaseAll();
    }

    /**
     * Goes on with the present run, or begins the next.
     *
     * @return whether there may be more to do
     */
    boolean advance(int maxSessions) {
        if (run == null && (isEmpty() || !beginRun())) {
            return false;
        }
        // From the last to the first: a session that is removed meanwhile is replaced by one that was served already.
        int end = Math.max(0, Math.min(next, sessions.size()) - maxSessions);
        for (int i = Math.min(next, sessions.size()) - 1; i >= end; i--) {
            leftBehind |= !sessions.get(i).broadcast(run);
        }
        next = end;
        if (next == 0) {
            endRun();
        }
        return true;
    }

    private void endRun() {
        Telling followed = run.telling();
        if (followed != null) {
            // It ends when all are served: what was written must be told to it before.
            run.settle();
        }
        cursor = run.to();
        metrics.told(System.nanoTime() - begun, run.oldestTime(), followed);
        if (leftBehind && !isEmpty()) {
            told.add(run);
        } else {
            run.release();
        }
        run = null;
    }

    private boolean beginRun() {
        Slice slice = window.read(appKey, cursor, Long.MAX_VALUE, RUN_BYTES, ENVELOPE_BYTES);
        if (slice.lost()) {
            // They come back, and are told that something is missing.
            sessions.forEach(Session::onLost);
            cursor = window.end(appKey);
            return false;
        }
        if (slice.isEmpty()) {
            return false;
        }
        run = runOf(slice);
        begun = System.nanoTime();
        next = sessions.size();
        leftBehind = false;
        return true;
    }
}
