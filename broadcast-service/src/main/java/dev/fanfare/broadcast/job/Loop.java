package dev.fanfare.broadcast.job;

import dev.fanfare.broadcast.database.DatabaseAwayException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Work that comes round: one turn after the other, each of which says when the next one is. A turn that fails is logged,
 * and the next one is a second later. All turns are on one event loop, so that what they share needs no lock.
 */
public final class Loop {

    private static final Logger LOGGER = Logger.getLogger(Loop.class);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final long NONE = -1;

    private final String name;
    private final Vertx vertx;
    private final Context context;
    private final Supplier<Uni<Duration>> turn;
    private volatile boolean stopped;

    /** What the loop waits for. On its event loop only, like the next. */
    private long timer = NONE;

    private boolean called;

    /** @param turn completes with how long to wait; zero: not at all */
    public Loop(String name, Vertx vertx, Supplier<Uni<Duration>> turn) {
        this.name = name;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.turn = turn;
    }

    public void start() {
        context.runOnContext(ignored -> run());
    }

    /** There is something to do: the next turn is now, or when the one that is under way ends. From any thread. */
    public void call() {
        context.runOnContext(ignored -> {
            called = true;
            if (timer != NONE && vertx.cancelTimer(timer)) {
                run();
            }
        });
    }

    /** The turn that is under way is the last. */
    public void stop() {
        stopped = true;
    }

    private void run() {
        if (stopped) {
            return;
        }
        timer = NONE;
        called = false;
        Uni.createFrom()
                .deferred(() -> turn.get())
                .onFailure()
                .invoke(this::log)
                .onFailure()
                .recoverWithItem(AFTER_FAILURE)
                .subscribe()
                .with(delay -> context.runOnContext(ignored -> after(delay)));
    }

    private void log(Throwable e) {
        if (stopped) {
            return;
        }
        if (e instanceof DatabaseAwayException) {
            LOGGER.warnf("%s cannot go on now, trying again: %s: %s", name, e.getMessage(), e.getCause());
        } else {
            LOGGER.warnf(e, "%s cannot go on now, trying again", name);
        }
    }

    private void after(Duration delay) {
        if (called || delay.isZero()) {
            run();
        } else {
            timer = vertx.setTimer(delay.toMillis(), ignored -> run());
        }
    }
}
