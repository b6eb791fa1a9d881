package dev.fanfare.broadcast.job;

import dev.fanfare.broadcast.database.Database;
import dev.fanfare.contracts.Json;
import dev.fanfare.contracts.command.AllUsersCommand.Schedule;
import dev.fanfare.contracts.delivery.JobProgress.State;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Takes jobs in. A job that is there already is as it was, however often its command comes. */
@ApplicationScoped
public class JobStore {

    private static final String ADD =
            """
            insert into broadcast.job (app_key, message_uid, state, in_app, command, sent_at, created_at, ended_at, told_at,
              send_at, cron, time_zone, series_uid, trace)
            select app_key, message_uid, state, in_app, command, sent_at, $12::bigint, case when state = 'DONE' then $12::bigint end, $12::bigint,
              send_at, cron, time_zone, series_uid, trace
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::bigint[], $7::bigint[], $8::text[],
                $9::text[], $10::text[], $11::text[])
              as t (app_key, message_uid, state, in_app, command, sent_at, send_at, cron, time_zone, series_uid, trace)
            order by app_key, message_uid
            on conflict do nothing
            returning app_key, message_uid
            """;

    private final Database database;
    private final JobRunner runner;

    JobStore(Database database, JobRunner runner) {
        this.database = database;
        this.runner = runner;
    }

    /** Which message of which app. */
    public record Key(String appKey, String messageUid) {}

    /** @return those that are new */
    public Uni<Set<Key>> add(List<NewJob> jobs) {
        if (jobs.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        Tuple columns = Tuple.tuple()
                .addArrayOfString(texts(jobs, NewJob::appKey))
                .addArrayOfString(texts(jobs, job -> job.command().messageUID()))
                .addArrayOfString(texts(jobs, job -> job.state().name()))
                .addArrayOfString(texts(jobs, job -> job.command().inApp().name()))
                .addValue(jobs.stream()
                        .map(job -> Buffer.buffer(Json.write(job.command())))
                        .toArray(Buffer[]::new))
                .addArrayOfLong(numbers(jobs, NewJob::sentAt))
                .addArrayOfLong(numbers(jobs, NewJob::sendAt))
                .addArrayOfString(texts(jobs, job -> schedule(job, Schedule::cron)))
                .addArrayOfString(texts(jobs, job -> schedule(job, Schedule::timeZone)))
                .addArrayOfString(texts(jobs, NewJob::seriesUid))
                .addArrayOfString(texts(jobs, NewJob::trace))
                .addLong(System.currentTimeMillis());
        return database.ask(ADD, columns)
                .map(rows -> {
                    Set<Key> added = new HashSet<>();
                    rows.forEach(row -> added.add(new Key(row.getString(0), row.getString(1))));
                    return added;
                })
                .invoke(added -> {
                    if (!added.isEmpty() && jobs.stream().anyMatch(job -> job.state() == State.RUNNING)) {
                        runner.call();
                    }
                });
    }

    private static String schedule(NewJob job, Function<Schedule, String> field) {
        return Optional.ofNullable(job.command().schedule()).map(field).orElse(null);
    }

    private static String[] texts(List<NewJob> jobs, Function<NewJob, String> column) {
        return jobs.stream().map(column).toArray(String[]::new);
    }

    private static Long[] numbers(List<NewJob> jobs, Function<NewJob, Long> column) {
        return jobs.stream().map(column).toArray(Long[]::new);
    }
}
