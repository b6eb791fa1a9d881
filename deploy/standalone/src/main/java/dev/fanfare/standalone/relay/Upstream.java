package dev.fanfare.standalone.relay;

import dev.fanfare.standalone.process.Probe;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A node as a relay sees it. Thread-safe. */
final class Upstream {

    private final int port;
    private final Probe readiness;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean ready;

    /** @param port where it takes connections */
    Upstream(int port, Probe readiness) {
        this.port = port;
        this.readiness = readiness;
    }

    int port() {
        return port;
    }

    /** Asks it; takes as long as the answer. */
    void look() {
        ready = readiness.complaint().isEmpty();
    }

    void opened() {
        connections.incrementAndGet();
    }

    void closed() {
        connections.decrementAndGet();
    }

    /**
     * In which order they are tried for a new connection: those that are ready first, and of them who has the fewest
     * connections. One that is not ready may be by now, and is better than none.
     */
    static List<Upstream> inOrder(List<Upstream> upstreams) {
        return upstreams.stream()
                .sorted(Comparator.comparing((Upstream upstream) -> !upstream.ready)
                        .thenComparing(upstream -> upstream.connections.get()))
                .toList();
    }
}
