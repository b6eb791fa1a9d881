package dev.fanfare.broadcast.job;

import dev.fanfare.broadcast.database.Database;
import dev.fanfare.contracts.delivery.JobProgress.State;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Whose turn it is. Of all running jobs that nobody works on, the next is one of the app that was served longest ago, and
 * of that app's the one that was served longest ago: an app waits for one slice of each other app, whatever their sizes.
 * Who gets a job has it for the time of a lease, and of nodes that ask at the same time no two get the same.
 */
@ApplicationScoped
class Turns {

    private static final String CLAIM =
            """
            with next as (
              select j.app_key, j.message_uid from broadcast.job j left join broadcast.turn t using (app_key)
              where j.state = 'RUNNING' and (j.lease_until is null or j.lease_until < now())
              order by t.served_at nulls first, j.served_at nulls first, j.message_uid
              limit 1 for update of j skip locked
            ), turn as (
              insert into broadcast.turn (app_key, served_at) select app_key, clock_timestamp() from next
              on conflict (app_key) do update set served_at = excluded.served_at
            )
            update broadcast.job j
            set lease = $1, lease_until = now() + make_interval(secs => $2), served_at = clock_timestamp()
            from next where j.app_key = next.app_key and j.message_uid = next.message_uid
            returning\s"""
                    + Job.COLUMNS;

    private static final String RENEW =
            """
            update broadcast.job set lease_until = now() + make_interval(secs => $4)
            where app_key = $1 and message_uid = $2 and lease = $3 and state = 'RUNNING'
            """;

    private static final String POSTPONE =
            """
            update broadcast.job set lease = null, lease_until = now() + make_interval(secs => $4)
            where app_key = $1 and message_uid = $2 and lease = $3
            """;

    private static final String CHECKPOINT =
            """
            update broadcast.job set after_user_id = $4, users = $5, users_per_second = $6, told_users = $7, told_at = $8,
              lease = null, lease_until = null,
              state = case when $9 and state = 'RUNNING' then 'DONE' else state end,
              ended_at = case when $9 and state = 'RUNNING' then $10 else ended_at end
            where app_key = $1 and message_uid = $2 and lease = $3
            returning state
            """;

    private static final String COUNTED =
            "update broadcast.job set audience = $3 where app_key = $1 and message_uid = $2 and audience is null";

    private final Database database;

    Turns(Database database) {
        this.database = database;
    }

    /** The next job, if any waits. Its turn is taken. */
    Uni<Optional<Job>> claim(Duration lease) {
        return database.ask(CLAIM, Tuple.of(UUID.randomUUID(), seconds(lease)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(Job.of(rows.iterator().next())));
    }

    /** Whether the job is still whose it was, and runs; then for another lease. */
    Uni<Boolean> renew(Job job, Duration lease) {
        return database.ask(RENEW, Tuple.of(job.appKey(), job.messageUid(), job.lease(), seconds(lease)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Gives the job back as it was; nobody gets it for this time. */
    Uni<Void> postpone(Job job, Duration time) {
        return database.ask(POSTPONE, Tuple.of(job.appKey(), job.messageUid(), job.lease(), seconds(time)))
                .replaceWithVoid();
    }

    /**
     * Remembers how far the job is and gives it back.
     *
     * @param done there are no more users
     * @return the job's state now; empty: it is another's by now, who does the slice again
     */
    Uni<Optional<State>> checkpoint(Job job, boolean done, long now) {
        Tuple place = Tuple.tuple()
                .addString(job.appKey())
                .addString(job.messageUid())
                .addUUID(job.lease())
                .addString(job.after())
                .addLong(job.users())
                .addLong(job.rate().usersPerSecond())
                .addLong(job.rate().toldUsers())
                .addLong(job.rate().toldAt())
                .addBoolean(done)
                .addLong(now);
        return database.ask(CHECKPOINT, place)
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(State.valueOf(rows.iterator().next().getString(0))));
    }

    Uni<Void> counted(Job job, long audience) {
        return database.ask(COUNTED, Tuple.of(job.appKey(), job.messageUid(), audience))
                .replaceWithVoid();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
