package dev.fanfare.contracts.message;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives out message ids that rise strictly in one process and collide with no other process: each draws a node number
 * of 20 bits at its start, and two processes would need the same number, the same millisecond and the same sequence.
 * If a millisecond's 16,384 sequence numbers are used up, or the clock goes back, ids run ahead of the clock rather than
 * repeat. Thread-safe, lock-free.
 */
public final class MessageUids {

    private static final int SEQUENCES = 1 << MessageUid.SEQUENCE_BITS;

    private final Clock clock;
    private final int node;
    /** Time in ms and sequence in one number, so that "the next id" is one compare-and-set. */
    private final AtomicLong last = new AtomicLong();

    public MessageUids(Clock clock) {
        this(clock, new SecureRandom().nextInt(1 << MessageUid.NODE_BITS));
    }

    MessageUids(Clock clock, int node) {
        this.clock = clock;
        this.node = node;
    }

    public String next(MessageKind kind) {
        long now = clock.millis() * SEQUENCES;
        long given = last.updateAndGet(previous -> Math.max(now, previous + 1));
        return MessageUid.of(given / SEQUENCES, (int) (given % SEQUENCES), kind, node);
    }
}
