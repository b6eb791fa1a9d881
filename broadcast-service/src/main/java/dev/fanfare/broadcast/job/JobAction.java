package dev.fanfare.broadcast.job;

import dev.fanfare.contracts.delivery.JobProgress.State;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What may be asked of a job. Asking again for what is so already is fine. */
public enum JobAction {
    PAUSE(State.PAUSED, EnumSet.of(State.RUNNING)),
    RESUME(State.RUNNING, EnumSet.of(State.PAUSED)),
    /** For good. What was handed to delivery stays there. */
    CANCEL(State.CANCELLED, EnumSet.of(State.SCHEDULED, State.RUNNING, State.PAUSED));

    private final State to;
    private final Set<State> from;

    JobAction(State to, Set<State> from) {
        this.to = to;
        this.from = from;
    }

    /** The state after it; empty: it cannot be done in this one. */
    Optional<State> after(State now) {
        return now == to || from.contains(now) ? Optional.of(to) : Optional.empty();
    }
}
