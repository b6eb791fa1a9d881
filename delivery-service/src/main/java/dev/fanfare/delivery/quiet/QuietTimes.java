package dev.fanfare.delivery.quiet;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The quiet times of users, in PostgreSQL; fails while that is away. Asked together with the devices, when it matters. */
@ApplicationScoped
class QuietTimes {

    private static final String SET =
            """
            insert into delivery.quiet_time (app_key, user_id, start_time, period_minutes, level)
            values ($1, $2, $3, $4, $5)
            on conflict (app_key, user_id) do update set
              start_time = excluded.start_time, period_minutes = excluded.period_minutes, level = excluded.level""";

    private static final String GET =
            "select start_time, period_minutes, level from delivery.quiet_time where app_key = $1 and user_id = $2";

    private static final String REMOVE = "delete from delivery.quiet_time where app_key = $1 and user_id = $2";

    private final Pool postgres;

    QuietTimes(Pool postgres) {
        this.postgres = postgres;
    }

    /** A user has one: it replaces the former. */
    Uni<Void> set(String appKey, String userId, QuietTime time) {
        return postgres.preparedQuery(SET)
                .execute(Tuple.of(appKey, userId, time.startTime(), time.periodMinutes(), time.level()))
                .replaceWithVoid();
    }

    Uni<Optional<QuietTime>> get(String appKey, String userId) {
        return postgres.preparedQuery(GET).execute(Tuple.of(appKey, userId)).map(rows -> {
            for (Row row : rows) {
                return Optional.of(new QuietTime(row.getLocalTime(0), row.getInteger(1), row.getInteger(2)));
            }
            return Optional.empty();
        });
    }

    Uni<Void> remove(String appKey, String userId) {
        return postgres.preparedQuery(REMOVE).execute(Tuple.of(appKey, userId)).replaceWithVoid();
    }
}
