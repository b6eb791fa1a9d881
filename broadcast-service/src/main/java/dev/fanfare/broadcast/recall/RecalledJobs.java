package dev.fanfare.broadcast.recall;

import dev.fanfare.broadcast.database.Database;
import dev.fanfare.broadcast.job.JobStore.Key;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.contracts.delivery.JobProgress;
import dev.fanfare.contracts.delivery.JobProgress.State;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Ends the jobs whose messages are taken back, in one statement. */
@ApplicationScoped
class RecalledJobs {

    private static final String CANCEL =
            """
            with recalled as (
              select j.app_key, j.message_uid, j.state in ('SCHEDULED', 'RUNNING', 'PAUSED') as live from broadcast.job j
              join unnest($1::text[], $2::text[]) as asked (app_key, message_uid) using (app_key, message_uid)
              order by j.app_key, j.message_uid for update of j
            )
            update broadcast.job j set state = case when live then 'CANCELLED' else state end,
              ended_at = case when live then $3 else ended_at end
            from recalled where j.app_key = recalled.app_key and j.message_uid = recalled.message_uid
            returning j.app_key, j.message_uid, j.in_app, j.users, j.audience, live
            """;

    private final Database database;

    RecalledJobs(Database database) {
        this.database = database;
    }

    /** @return those that are known */
    Uni<Map<Key, RecalledJob>> cancel(Collection<Key> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        long now = System.currentTimeMillis();
        Tuple asked = Tuple.tuple()
                .addArrayOfString(keys.stream().map(Key::appKey).toArray(String[]::new))
                .addArrayOfString(keys.stream().map(Key::messageUid).toArray(String[]::new))
                .addLong(now);
        return database.ask(CANCEL, asked).map(rows -> {
            Map<Key, RecalledJob> jobs = new HashMap<>();
            rows.forEach(row ->
                    jobs.put(new Key(row.getString("app_key"), row.getString("message_uid")), recalled(row, now)));
            return jobs;
        });
    }

    private static RecalledJob recalled(Row row, long now) {
        long users = row.getLong("users");
        JobProgress cancelled = new JobProgress(
                row.getString("app_key"),
                row.getString("message_uid"),
                State.CANCELLED,
                users,
                Optional.ofNullable(row.getLong("audience")).orElse(users),
                0,
                null,
                now);
        return new RecalledJob(
                InApp.valueOf(row.getString("in_app")),
                row.getBoolean("live") ? Optional.of(cancelled) : Optional.empty());
    }
}
