package dev.fanfare.broadcast.job;

import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.delivery.JobProgress;
import dev.fanfare.contracts.delivery.JobProgress.State;

/**
 * A message to all users that becomes a job. One of which nothing is to be pushed is at its end from the beginning; it is
 * kept so that it is known when it is asked for or taken back.
 *
 * @param command with its messageUID
 * @param sentAt ms since 1970
 * @param sendAt ms since 1970; null: it runs at once
 * @param seriesUid the message that comes again, of which this is an occurrence; null for all others
 * @param trace where it stands in its trace; null: nobody follows it, as nobody does what is sent another day
 */
public record NewJob(
        String appKey, AllUsersCommand command, State state, long sentAt, Long sendAt, String seriesUid, String trace) {

    /** One whose online half is in the stream. */
    public static NewJob running(String appKey, AllUsersCommand command, long sentAt, String seriesUid) {
        return new NewJob(appKey, command, afterOnlineHalf(command), sentAt, null, seriesUid, null);
    }

    /** One that waits for its time. */
    public static NewJob scheduled(String appKey, AllUsersCommand command, long sentAt, long sendAt) {
        return new NewJob(appKey, command, State.SCHEDULED, sentAt, sendAt, null, null);
    }

    /** The same, followed by somebody. */
    public NewJob inTrace(String header) {
        return new NewJob(appKey, command, state, sentAt, sendAt, seriesUid, header);
    }

    /** What a job does when its online half is in the stream. */
    public static State afterOnlineHalf(AllUsersCommand command) {
        return switch (PushHalf.of(command)) {
            case NOTHING -> State.DONE;
            case CHUNKS, INBOXES -> State.RUNNING;
        };
    }

    public JobProgress progress(long now) {
        return new JobProgress(appKey, command.messageUID(), state, 0, 0, 0, null, now);
    }
}
