package dev.fanfare.delivery.drain;

import dev.fanfare.delivery.edge.EdgeServer;
import dev.fanfare.delivery.position.DevicePositions;
import dev.fanfare.delivery.protocol.CloseCode;
import dev.fanfare.delivery.session.SessionRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Empties this node. From its beginning the node is not ready and listens no more; its sessions are closed with 3001 in
 * slices, and its mailboxes are read until the last session is gone, so that nobody misses what comes meanwhile. Begun by
 * {@link DrainResource}, or by SIGTERM, which waits for it. Thread-safe.
 */
@ApplicationScoped
public class Drain {

    private static final Logger LOGGER = Logger.getLogger(Drain.class);

    /** For what is left to be told when the sessions are gone. */
    private static final Duration AFTERWARDS = Duration.ofSeconds(3);

    private final EdgeServer edge;
    private final SessionRegistry sessions;
    private final DevicePositions positions;
    private final DrainConfig config;
    private final AtomicReference<CompletableFuture<Void>> begun = new AtomicReference<>();

    Drain(EdgeServer edge, SessionRegistry sessions, DevicePositions positions, DrainConfig config) {
        this.edge = edge;
        this.sessions = sessions;
        this.positions = positions;
        this.config = config;
    }

    /** Whether the node is leaving. */
    public boolean isBegun() {
        return begun.get() != null;
    }

    int sessionsLeft() {
        return sessions.size();
    }

    /**
     * Begins to empty the node, unless that has begun.
     *
     * @param pace of this drain; one that has begun keeps its own
     * @return completes when no session is left and the others know it
     */
    CompletableFuture<Void> begin(DrainPace pace) {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        if (!begun.compareAndSet(null, drained)) {
            return begun.get();
        }
        LOGGER.infof("draining: %d sessions, at %d a second or faster", sessions.size(), pace.perSecond());
        edge.stopListening();
        long start = System.nanoTime();
        Multi.createFrom()
                .ticks()
                .every(DrainPace.SLICE)
                .onOverflow()
                .drop()
                .map(tick -> sessions.size())
                .onItem()
                .invoke(left -> sessions.close(
                        pace.slice(left, Duration.ofNanos(System.nanoTime() - start)), CloseCode.SHUTDOWN))
                .select()
                .first(left -> left > 0)
                .onItem()
                .ignoreAsUni()
                .chain(positions::flush)
                .subscribe()
                .with(done -> drained.complete(null), drained::completeExceptionally);
        return drained;
    }

    /** SIGTERM: the process goes on with its end when this returns. */
    void onStop(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        CompletableFuture<Void> drained = begin(new DrainPace(config.rate(), config.timeout()));
        try {
            drained.get(config.timeout().plus(AFTERWARDS).toMillis(), TimeUnit.MILLISECONDS);
            LOGGER.info("drained");
        } catch (TimeoutException | ExecutionException e) {
            LOGGER.warnf("not drained in time, %d sessions left: %s", sessions.size(), e);
        }
    }
}
