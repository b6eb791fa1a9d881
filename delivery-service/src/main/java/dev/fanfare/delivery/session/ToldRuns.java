package dev.fanfare.delivery.session;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The last runs of an app that a session was left behind by: their bytes are there for all who come after them, as they are
 * for those who kept up. At most {@value #MAX_RUNS} of them, and {@value #MAX_BYTES} bytes of messages; they go when nobody
 * has asked for one between two ticks. One thread.
 */
final class ToldRuns {

    static final int MAX_RUNS = 16;
    private static final long MAX_BYTES = 1024 * 1024;

    /** Oldest first. */
    private final Deque<BroadcastRun> runs = new ArrayDeque<>(MAX_RUNS);

    private long bytes;
    private boolean asked;

    /** Takes the caller's reference over. It is newer than those that are there. */
    void add(BroadcastRun run) {
        runs.add(run);
        bytes += run.messageBytes();
        while (runs.size() > MAX_RUNS || bytes > MAX_BYTES) {
            BroadcastRun oldest = runs.remove();
            bytes -= oldest.messageBytes();
            oldest.release();
        }
    }

    /** The run in which a session at {@code offset} stands, or null; no reference goes with it. */
    BroadcastRun at(long offset) {
        asked = true;
        for (BroadcastRun run : runs) {
            if (run.contains(offset)) {
                return run;
            }
        }
        return null;
    }

    /** Where the next run behind {@code offset} begins, or {@code end} if there is none. */
    long boundaryAfter(long offset, long end) {
        for (BroadcastRun run : runs) {
            if (run.from() > offset) {
                return run.from();
            }
        }
        return end;
    }

    /** See {@link BroadcastRun#settle}. */
    void settle() {
        runs.forEach(BroadcastRun::settle);
    }

    /** Now and then. */
    void tick() {
        if (!asked) {
            releaseAll();
        }
        asked = false;
    }

    void releaseAll() {
        runs.forEach(BroadcastRun::release);
        runs.clear();
        bytes = 0;
    }
}
