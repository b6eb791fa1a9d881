package dev.fanfare.delivery.push.lane;

import dev.fanfare.delivery.push.PushMetrics;
import dev.fanfare.delivery.push.dead.DeadLetter.Cause;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted of all lanes to one provider. Thread-safe. */
final class LaneMetrics {

    private final AtomicInteger waiting;
    private final AtomicInteger running;
    private final AtomicInteger breakers;
    private final Timer time;

    LaneMetrics(MeterRegistry registry, String provider) {
        Tags tags = Tags.of(PushMetrics.PROVIDER, provider);
        this.waiting = registry.gauge(PushMetrics.WAITING, tags, new AtomicInteger());
        this.running = registry.gauge(PushMetrics.RUNNING, tags, new AtomicInteger());
        this.breakers = registry.gauge(PushMetrics.BREAKERS_OPEN, tags, new AtomicInteger());
        this.time = registry.timer(PushMetrics.TIME, tags);
        // What has not happened is shown as 0: a counter that begins at 1 is no increase to who watches.
        PushMetrics.RESULTS.forEach(
                result -> registry.counter(PushMetrics.PUSHES, tags.and(PushMetrics.RESULT, result)));
        for (Cause cause : Cause.values()) {
            registry.counter(PushMetrics.DEAD_LETTERS, tags.and(PushMetrics.REASON, cause.name()));
        }
    }

    void waiting(int more) {
        waiting.addAndGet(more);
    }

    void running(int more) {
        running.addAndGet(more);
    }

    void breakers(int more) {
        breakers.addAndGet(more);
    }

    void took(long nanos) {
        time.record(nanos, TimeUnit.NANOSECONDS);
    }
}
