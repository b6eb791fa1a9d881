package dev.fanfare.gateway.zim;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives each call its {@code RequestId}: decimal digits that fit a signed 64-bit integer. From the highest bit: 41 bits of ms
 * since 2020, 10 bits sequence, 12 bits that are this process's own. Ids of a process rise strictly; those of two are
 * equal only with the same draw, millisecond and sequence. Thread-safe.
 */
final class RequestIds {

    private static final long EPOCH = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
    private static final int SEQUENCES = 1 << 10;
    private static final int NODES = 1 << 12;

    private final Clock clock;
    private final int node;
    private final AtomicLong last = new AtomicLong();

    RequestIds(Clock clock) {
        this(clock, new SecureRandom().nextInt(NODES));
    }

    RequestIds(Clock clock, int node) {
        this.clock = clock;
        this.node = node;
    }

    String next() {
        long now = (clock.millis() - EPOCH) * SEQUENCES;
        long given = last.updateAndGet(previous -> Math.max(now, previous + 1));
        return Long.toString(given * NODES + node);
    }
}
