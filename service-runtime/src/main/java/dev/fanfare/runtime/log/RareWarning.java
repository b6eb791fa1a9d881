package dev.fanfare.runtime.log;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * A warning for which thousands of pieces of work may have the same reason at the same time, such as a Redis that does not
 * answer: said once in {@value #SECONDS} s, with how often it was not; to DEBUG every time, with the stack. Thread-safe.
 */
public final class RareWarning {

    private static final int SECONDS = 5;
    private static final long PERIOD = Duration.ofSeconds(SECONDS).toNanos();

    private final Logger logger;
    private final String text;
    private final LongSupplier clock;
    private final AtomicLong nextAt;
    private final AtomicInteger unsaid = new AtomicInteger();

    /** @param text what is the matter; the reason follows */
    public RareWarning(Logger logger, String text) {
        this(logger, text, System::nanoTime);
    }

    RareWarning(Logger logger, String text, LongSupplier clock) {
        this.logger = logger;
        this.text = text;
        this.clock = clock;
        this.nextAt = new AtomicLong(clock.getAsLong());
    }

    public void say(Throwable reason) {
        logger.debug(text, reason);
        long now = clock.getAsLong();
        long due = nextAt.get();
        if (now - due < 0 || !nextAt.compareAndSet(due, now + PERIOD)) {
            unsaid.incrementAndGet();
            return;
        }
        int before = unsaid.getAndSet(0);
        logger.warn(text + ": " + reason + (before == 0 ? "" : " (and " + before + " times before this)"));
    }
}
