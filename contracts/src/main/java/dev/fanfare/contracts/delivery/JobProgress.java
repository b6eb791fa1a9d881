package dev.fanfare.contracts.delivery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * How far a message to all users has come: a record of {@code fanfare.delivery.outcome.v1}, told apart from a {@link
 * DeliveryOutcome} by its header {@code ce_type}. Told about once a second while a job runs, and at each change of its
 * state.
 *
 * @param users of the audience that were handed to delivery so far
 * @param audience how many there were when the job began; an estimate, the audience changes meanwhile
 * @param usersPerSecond lately; 0 while it does not run
 * @param endsAt ms since 1970, when it will be done at this rate; null: it does not run
 * @param time ms since 1970
 */
@JsonPropertyOrder({"appKey", "messageUID", "state", "users", "audience", "usersPerSecond", "endsAt", "time"})
public record JobProgress(
        String appKey,
        String messageUID,
        State state,
        long users,
        long audience,
        long usersPerSecond,
        Long endsAt,
        long time) {

    /** {@code ce_type} of these records. */
    public static final String EVENT_TYPE = "dev.fanfare.job.progress.v1";

    /** What a job does. */
    public enum State {
        /** It waits for its time. */
        SCHEDULED,
        RUNNING,
        PAUSED,
        CANCELLED,
        /** All of its audience was handed to delivery. */
        DONE
    }
}
