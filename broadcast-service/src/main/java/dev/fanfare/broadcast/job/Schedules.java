package dev.fanfare.broadcast.job;

import dev.fanfare.broadcast.database.Database;
import dev.fanfare.contracts.delivery.JobProgress.State;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** The jobs that wait for their time, leased like those that run. */
@ApplicationScoped
public class Schedules {

    private static final String CLAIM =
            """
            update broadcast.job j set lease = $1, lease_until = now() + make_interval(secs => $2)
            from (select app_key, message_uid from broadcast.job
              where state = 'SCHEDULED' and send_at <= $3 and (lease_until is null or lease_until < now())
              order by send_at limit 1 for update skip locked) as due
            where j.app_key = due.app_key and j.message_uid = due.message_uid
            returning\s"""
                    + Job.COLUMNS;

    private static final String STARTED =
            """
            update broadcast.job set state = $4::text, sent_at = $5::bigint, last_run_at = $5::bigint, told_at = $6::bigint,
              ended_at = case when $4::text = 'DONE' then $6::bigint end, lease = null, lease_until = null
            where app_key = $1 and message_uid = $2 and lease = $3 and state = 'SCHEDULED'
            """;

    private static final String COMES_AGAIN =
            """
            update broadcast.job set send_at = coalesce($4, send_at), last_run_at = coalesce($5, last_run_at),
              state = case when $4::bigint is null then 'DONE' else state end,
              ended_at = case when $4::bigint is null then $6::bigint end, lease = null, lease_until = null
            where app_key = $1 and message_uid = $2 and lease = $3 and state = 'SCHEDULED'
            """;

    private final Database database;
    private final JobsConfig config;
    private final JobRunner runner;

    Schedules(Database database, JobsConfig config, JobRunner runner) {
        this.database = database;
        this.config = config;
        this.runner = runner;
    }

    /** One whose time has come, if there is any. */
    public Uni<Optional<Job>> claim(long now) {
        double seconds = config.lease().toMillis() / 1_000.0;
        return database.ask(CLAIM, Tuple.of(UUID.randomUUID(), seconds, now))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(Job.of(rows.iterator().next())));
    }

    /** Its online half is in the stream, now the other half may run. False: it was cancelled meanwhile. */
    public Uni<Boolean> started(Job job, State state, long sentAt, long now) {
        return database.ask(STARTED, Tuple.of(job.appKey(), job.messageUid(), job.lease(), state.name(), sentAt, now))
                .map(rows -> rows.rowCount() == 1)
                .invoke(started -> {
                    if (started && state == State.RUNNING) {
                        runner.call();
                    }
                });
    }

    /**
     * @param next when; null: not any more
     * @param ran the time that was run; null: none
     */
    public Uni<Void> comesAgain(Job job, Long next, Long ran, long now) {
        Tuple arguments = Tuple.of(job.appKey(), job.messageUid(), job.lease())
                .addLong(next)
                .addLong(ran)
                .addLong(now);
        return database.ask(COMES_AGAIN, arguments).replaceWithVoid();
    }
}
