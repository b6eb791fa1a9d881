package dev.fanfare.delivery.position;

import dev.fanfare.delivery.node.RedisPipeline;
import dev.fanfare.delivery.node.RedisQueue;
import dev.fanfare.delivery.node.SingleFlight;
import dev.fanfare.delivery.window.BroadcastWindow;
import dev.fanfare.delivery.window.StreamPosition;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jboss.logging.Logger;

/**
 * Where devices that name themselves were in their app's broadcasts. Written and read in batches, one round trip at a
 * time each. For one device: in the order of the calls, and several positions that wait are one write. While Redis is
 * away up to {@value #MAX_WAITING} devices wait to be written, beyond that the longest waiting is forgotten; loads beyond
 * {@value #MAX_LOADS} find nothing. Thread-safe, never blocks, never fails.
 */
@Startup // so that its metrics are there from the start
@ApplicationScoped
public class DevicePositions {

    static final String WAITING_METRIC = "fanfare.positions.waiting";
    static final String FORGOTTEN_METRIC = "fanfare.positions.forgotten";

    private static final Logger LOGGER = Logger.getLogger(DevicePositions.class);
    private static final int MAX_WAITING = 200_000;
    private static final int MAX_LOADS = 100_000;
    private static final int BATCH = 500;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration FLUSH = Duration.ofSeconds(5);
    private final RedisPipeline redis;
    private final RedisQueue loads;
    private final BroadcastWindow window;
    private final Counter forgotten;

    private final WaitingPositions waiting = new WaitingPositions(MAX_WAITING);
    private final SingleFlight writes = new SingleFlight(() -> waiting.size() > 0, this::writeFirst);
    private final Queue<CompletableFuture<Void>> flushes = new ConcurrentLinkedQueue<>();

    DevicePositions(RedisPipeline redis, BroadcastWindow window, MeterRegistry metrics) {
        this.redis = redis;
        this.loads = new RedisQueue(redis, MAX_LOADS);
        this.window = window;
        this.forgotten = metrics.counter(FORGOTTEN_METRIC);
        metrics.gauge(WAITING_METRIC, waiting, WaitingPositions::size);
    }

    /**
     * Where the device was; empty if that is not known, or Redis has not said so in time.
     *
     * @param patience how long the answer may take
     */
    public Uni<Optional<StreamPosition>> load(String appKey, String userId, String deviceId, Duration patience) {
        DeviceKey device = new DeviceKey(appKey, userId, deviceId);
        return Uni.createFrom().deferred(() -> {
            // Before Redis is asked: what waits no more by then has been written.
            StreamPosition unwritten = waiting.of(device);
            return read(device, patience).map(written -> latest(written, unwritten));
        });
    }

    private Uni<Optional<StreamPosition>> read(DeviceKey device, Duration patience) {
        return Uni.createFrom()
                .completionStage(() -> loads.send(List.of(PositionCommands.read(device))))
                .map(replies -> PositionCommands.position(replies.get(0)))
                .ifNoItem()
                .after(patience)
                .fail()
                .onFailure()
                .invoke(e -> LOGGER.debugf("a device's position is not known: userId=%s: %s", device.userId(), e))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    private static Optional<StreamPosition> latest(Optional<StreamPosition> written, StreamPosition unwritten) {
        return unwritten == null
                ? written
                : written.map(known -> WaitingPositions.later(known, unwritten)).or(() -> Optional.of(unwritten));
    }

    /** The device has all up to there. Written soon; a position behind the one that is known is not. */
    public void save(String appKey, String userId, String deviceId, StreamPosition position) {
        if (!waiting.add(new DeviceKey(appKey, userId, deviceId), position)) {
            forgotten.increment();
        }
        writes.start();
    }

    /** Completes when nothing waits to be written any more, after 5 s at most. */
    public Uni<Void> flush() {
        return Uni.createFrom()
                .completionStage(this::allWritten)
                .ifNoItem()
                .after(FLUSH)
                .recoverWithUni(() -> {
                    LOGGER.warnf("positions of %d devices were not written", waiting.size());
                    return Uni.createFrom().voidItem();
                });
    }

    private CompletableFuture<Void> allWritten() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        flushes.add(done);
        tellIfAllWritten();
        return done;
    }

    private void tellIfAllWritten() {
        while (waiting.size() == 0 && !flushes.isEmpty()) {
            Optional.ofNullable(flushes.poll()).ifPresent(done -> done.complete(null));
        }
    }

    private Uni<Void> writeFirst() {
        Map<DeviceKey, StreamPosition> batch = waiting.first(BATCH);
        List<Request> moves = batch.entrySet().stream()
                .map(entry -> PositionCommands.move(
                        entry.getKey(),
                        entry.getValue(),
                        window.memory(entry.getKey().appKey())))
                .toList();
        return redis.send(moves)
                .invoke(() -> waiting.written(batch))
                .invoke(this::tellIfAllWritten)
                .replaceWithVoid()
                .onFailure()
                .recoverWithUni(this::pause);
    }

    private Uni<Void> pause(Throwable failure) {
        LOGGER.debugf("positions of %d devices wait, Redis does not answer: %s", waiting.size(), failure);
        return Uni.createFrom().voidItem().onItem().delayIt().by(PAUSE_AFTER_FAILURE);
    }
}
