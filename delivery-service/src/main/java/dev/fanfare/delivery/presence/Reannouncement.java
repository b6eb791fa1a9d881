package dev.fanfare.delivery.presence;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Announces all sessions of this node again: from time to time, so that entries live only as long as somebody stands for
 * them, and when some may be missing in Redis. At a bounded rate, one run at a time; a run that fails is repeated.
 */
@ApplicationScoped
public class Reannouncement {

    private static final Logger LOGGER = Logger.getLogger(Reannouncement.class);
    private static final Duration MOVING = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final long PAUSES_PER_SECOND = Duration.ofSeconds(1).dividedBy(PAUSE);

    private final OwnSessions sessions;
    private final PresenceGeneration generation;
    private final PresenceConfig config;

    private final AtomicBoolean requested = new AtomicBoolean();
    private final AtomicInteger losses = new AtomicInteger();
    private volatile int mendedLosses;
    private volatile long lastRun = System.nanoTime();

    Reannouncement(OwnSessions sessions, PresenceGeneration generation, PresenceConfig config) {
        this.sessions = sessions;
        this.generation = generation;
        this.config = config;
    }

    /** Some entries may be missing. */
    void request() {
        requested.set(true);
    }

    /** All entries are missing: presence stays unsettled until they have been announced. */
    void requestAfterLoss() {
        losses.incrementAndGet();
        requested.set(true);
    }

    /**
     * To be done before a mailbox is given up: announces its sessions under another one. Never fails and takes 10 s at
     * most; what could not be announced by then is by the next run.
     */
    public Uni<Void> moveToHeldMailboxes() {
        return sessions.moveToHeldMailboxes()
                .ifNoItem()
                .after(MOVING)
                .fail()
                .onFailure()
                .invoke(e -> {
                    LOGGER.warnf("sessions could not be announced under another mailbox yet: %s", e);
                    request();
                })
                .onFailure()
                .recoverWithNull();
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> runWhenDue() {
        boolean sweep = System.nanoTime() - lastRun > config.sweep().toNanos();
        if (!requested.getAndSet(false) && !sweep) {
            return Uni.createFrom().voidItem();
        }
        lastRun = System.nanoTime();
        int mended = losses.get();
        return announceAll()
                .invoke(() -> mendedLosses = mended)
                .onFailure()
                .invoke(e -> {
                    LOGGER.warnf("sessions could not be announced again, trying again: %s", e);
                    request();
                })
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> announceAll() {
        List<String> ids = sessions.ids();
        LOGGER.debugf("announcing %d sessions again", ids.size());
        int chunk = (int) Math.max(1, config.announceRate() / PAUSES_PER_SECOND);
        return Multi.createFrom()
                .iterable(ids)
                .group()
                .intoLists()
                .of(chunk)
                .onItem()
                .transformToUniAndConcatenate(this::announce)
                .onItem()
                .ignoreAsUni();
    }

    /** A loss that is noticed while a run is under way counts for that run's rest, too. */
    private Uni<Void> announce(List<String> some) {
        boolean incomplete = losses.get() > mendedLosses;
        Uni<Void> first = incomplete ? generation.unsettle() : Uni.createFrom().voidItem();
        return first.chain(() -> sessions.announce(some)).onItem().delayIt().by(PAUSE);
    }
}
