package dev.fanfare.delivery.window;

import dev.fanfare.runtime.trace.SpanAttributes;
import io.opentelemetry.api.trace.Span;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How a broadcast that somebody follows is told to the sessions of this node: one span for all of them, from the moment in
 * which the node has it to the last write to a session that keeps up. Thread-safe.
 */
public final class Telling {

    private final Span span;
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicLong last = new AtomicLong();

    Telling(Span span) {
        this.span = span;
        this.last.set(now());
    }

    /** ns since 1970. */
    private static long now() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** So many sessions more were told, at this moment. */
    public void told(int more) {
        sessions.addAndGet(more);
        last.accumulateAndGet(now(), Math::max);
    }

    /** Of the telling, so that a figure that is measured meanwhile can point to it. */
    public Span span() {
        return span;
    }

    /** All that keep up have it. Who comes later, or does not read, is not counted. */
    void end() {
        span.setAttribute(SpanAttributes.SESSIONS, sessions.get()).end(last.get(), TimeUnit.NANOSECONDS);
    }
}
