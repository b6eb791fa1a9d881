package dev.fanfare.runtime.commit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which of a partition's batches are done, by the offset of their last record, and up to where it is done without a gap.
 * From the moment at which the partition was assigned. Not thread-safe.
 */
final class PartitionProgress {

    private static final long NONE = -1;

    /** The batches that were begun, in order, and of which it is not known that they and all before are done. */
    private final Deque<Long> open = new ArrayDeque<>();

    private final Set<Long> done = new HashSet<>();
    private long next = NONE;
    private long committed = NONE;

    void begin(long lastOffset) {
        open.addLast(lastOffset);
    }

    /** Ignores a batch that was not begun here: its partition was away meanwhile and is read anew. */
    void end(long lastOffset) {
        if (open.contains(lastOffset)) {
            done.add(lastOffset);
        }
        while (!open.isEmpty() && done.remove(open.peekFirst())) {
            next = open.removeFirst() + 1;
        }
    }

    boolean isIdle() {
        return open.isEmpty();
    }

    /** The offset to commit, if there is a new one. */
    OptionalLong due() {
        return next > committed ? OptionalLong.of(next) : OptionalLong.empty();
    }

    void committed(long offset) {
        committed = Math.max(committed, offset);
    }
}
