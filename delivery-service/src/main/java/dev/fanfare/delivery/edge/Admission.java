package dev.fanfare.delivery.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many may come in: connections of this node, and per address and second. Who comes in vain is told before any session
 * exists. Thread-safe.
 *
 * <p>A connection that is one too many stays until it has been told so, or has been silent for too long; as many of these
 * as may wait to be accepted, further ones are closed at once. Commands of clients on one-way connections are served on
 * it: their sessions are counted already.
 */
final class Admission {

    static final String CONNECTIONS_METRIC = "fanfare.edge.connections";
    static final String REFUSED_METRIC = "fanfare.edge.refused";

    private static final String REASON = "reason";
    private static final String CLOSED = "CLOSED";
    private static final String FULL = "FULL";
    private static final String RATE = "RATE";
    private static final List<String> REASONS = List.of(CLOSED, FULL, RATE);
    private static final int FULL_RETRY_SECONDS = 10;

    private final int maxConnections;
    private final int maxTooMany;
    private final AtomicInteger connections;
    private final AtomicInteger tooMany = new AtomicInteger();
    private final ChannelFutureListener counted;
    private final ChannelFutureListener countedTooMany;
    private final ConnectionRate rate;
    private final MeterRegistry metrics;

    Admission(EdgeConfig config, MeterRegistry metrics) {
        this.maxConnections = config.maxConnections() == 0 ? Integer.MAX_VALUE : config.maxConnections();
        this.maxTooMany = config.backlog();
        this.connections = metrics.gauge(CONNECTIONS_METRIC, new AtomicInteger());
        this.counted = closed -> connections.decrementAndGet();
        this.countedTooMany = closed -> tooMany.decrementAndGet();
        this.rate = config.maxConnectionsPerSecondPerAddress() == 0
                ? null
                : new ConnectionRate(
                        config.maxConnectionsPerSecondPerAddress(),
                        config.connectionBurstPerAddress(),
                        System::nanoTime);
        this.metrics = metrics;
        REASONS.forEach(reason -> metrics.counter(REFUSED_METRIC, REASON, reason));
    }

    /** What becomes of a connection that was opened. */
    enum Place {
        FREE,
        NONE_LEFT,
        CLOSE
    }

    /** Counts a connection until it is closed, by a listener that all connections share. */
    Place opened(Channel channel) {
        if (connections.incrementAndGet() <= maxConnections) {
            channel.closeFuture().addListener(counted);
            return Place.FREE;
        }
        connections.decrementAndGet();
        if (tooMany.incrementAndGet() <= maxTooMany) {
            channel.closeFuture().addListener(countedTooMany);
            return Place.NONE_LEFT;
        }
        tooMany.decrementAndGet();
        metrics.counter(REFUSED_METRIC, REASON, CLOSED).increment();
        return Place.CLOSE;
    }

    /** Whether a client that wants to open a session, or to pull, is refused. */
    Optional<Refusal> judge(Place place, InetAddress address) {
        if (place != Place.FREE) {
            metrics.counter(REFUSED_METRIC, REASON, FULL).increment();
            return Optional.of(new Refusal(
                    HttpResponseStatus.SERVICE_UNAVAILABLE,
                    "this node serves no more connections",
                    FULL_RETRY_SECONDS));
        }
        long seconds = rate == null ? 0 : rate.secondsToWait(address);
        if (seconds == 0) {
            return Optional.empty();
        }
        metrics.counter(REFUSED_METRIC, REASON, RATE).increment();
        return Optional.of(
                new Refusal(HttpResponseStatus.TOO_MANY_REQUESTS, "too many connections from this address", seconds));
    }
}
