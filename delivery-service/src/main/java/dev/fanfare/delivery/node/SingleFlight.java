package dev.fanfare.delivery.node;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One flight at a time: what comes while one is under way waits and leaves with the next. So batches form by themselves
 * under load, nothing waits without, and the order is kept. What waits is the owner's; any thread may say that there is
 * something.
 */
public final class SingleFlight {

    private static final Logger LOGGER = Logger.getLogger(SingleFlight.class);

    private final BooleanSupplier waiting;
    private final Supplier<Uni<Void>> flight;
    private final AtomicBoolean flying = new AtomicBoolean();

    /**
     * @param waiting whether there is something to take along
     * @param flight takes along what waits; called on a worker thread. The next flight leaves when it is over, so it must
     *     deal with failures itself
     */
    public SingleFlight(BooleanSupplier waiting, Supplier<Uni<Void>> flight) {
        this.waiting = waiting;
        this.flight = flight;
    }

    /** Something waits. Never blocks, and never runs the flight on the caller's thread. */
    public void start() {
        if (waiting.getAsBoolean() && flying.compareAndSet(false, true)) {
            Uni.createFrom()
                    .deferred(flight::get)
                    .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                    .subscribe()
                    .with(ignored -> landed(), this::crashed);
        }
    }

    private void crashed(Throwable failure) {
        LOGGER.error("a batch was not dealt with", failure);
        landed();
    }

    private void landed() {
        flying.set(false);
        start();
    }
}
