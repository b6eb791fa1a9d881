package dev.fanfare.broadcast.job;

import dev.fanfare.contracts.delivery.JobProgress.State;

/** What became of a {@link JobAction}. */
public sealed interface ChangeOutcome {

    /** It is done, or was so before. */
    record Done(State state) implements ChangeOutcome {}

    /** The job's state does not allow it. */
    record NotNow(State state) implements ChangeOutcome {}

    /** There is no such job. */
    record Unknown() implements ChangeOutcome {}
}
