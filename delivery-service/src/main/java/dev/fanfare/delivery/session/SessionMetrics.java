package dev.fanfare.delivery.session;

import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.window.Telling;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What is counted of the sessions of this node, and how long broadcasts take to them. Thread-safe. */
final class SessionMetrics {

    /** Sessions that are live. */
    static final String SESSIONS = "fanfare.sessions";

    /** Sessions that became live. */
    static final String OPENED = "fanfare.sessions.opened";

    /** Sessions that ended. Tag {@code reason}: a {@link CloseCode}, or {@value #BY_CLIENT}. */
    static final String CLOSED = "fanfare.sessions.closed";

    /** Bytes that were written to live sessions and that their sockets have not taken. */
    static final String QUEUED = "fanfare.sessions.queued";

    /** How long an event loop takes to tell a run of broadcasts to its sessions of an app, the turns of others included. */
    static final String FAN_OUT = "fanfare.broadcast.fanout";

    /** How old the oldest broadcast of a run is when the last session that keeps up was told, by the brokers' clock. */
    static final String AGE = "fanfare.broadcast.age";

    private static final String BY_CLIENT = "CLIENT";
    private static final Duration[] BOUNDS = {
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(2),
        Duration.ofSeconds(10),
        Duration.ofMinutes(1)
    };

    private final Counter opened;
    private final Counter closedByClient;
    private final Map<CloseCode, Counter> closed = new EnumMap<>(CloseCode.class);
    private final Timer fanOut;
    private final Timer age;

    SessionMetrics(MeterRegistry registry) {
        this.opened = registry.counter(OPENED);
        this.closedByClient = closed(registry, BY_CLIENT);
        for (CloseCode code : CloseCode.values()) {
            closed.put(code, closed(registry, code.name()));
        }
        this.fanOut = Timer.builder(FAN_OUT).serviceLevelObjectives(BOUNDS).register(registry);
        this.age = Timer.builder(AGE).serviceLevelObjectives(BOUNDS).register(registry);
    }

    private static Counter closed(MeterRegistry registry, String reason) {
        return registry.counter(CLOSED, "reason", reason);
    }

    void opened() {
        opened.increment();
    }

    /** @param code null where the client left, or its connection broke off */
    void closed(CloseCode code) {
        (code == null ? closedByClient : closed.get(code)).increment();
    }

    /**
     * @param oldest when the brokers got the oldest broadcast of the run, ms since 1970
     * @param followed the trace that the figures point to; null: none
     */
    void told(long nanos, long oldest, Telling followed) {
        if (followed == null) {
            told(nanos, oldest);
            return;
        }
        Scope current = Context.root().with(followed.span()).makeCurrent();
        try {
            told(nanos, oldest);
        } finally {
            current.close();
        }
    }

    private void told(long nanos, long oldest) {
        fanOut.record(nanos, TimeUnit.NANOSECONDS);
        age.record(Math.max(0, System.currentTimeMillis() - oldest), TimeUnit.MILLISECONDS);
    }
}
