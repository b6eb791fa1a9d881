package dev.fanfare.broadcast.job;

import dev.fanfare.broadcast.database.Database;
import dev.fanfare.contracts.delivery.JobProgress.State;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the jobs that are not at their end, and forgets those whose end is long ago. */
@ApplicationScoped
class JobUpkeep {

    private static final Duration ROUND = Duration.ofSeconds(10);

    private static final String COUNT =
            "select state, count(*) from broadcast.job where state in ('SCHEDULED', 'RUNNING', 'PAUSED') group by state";

    /** So many at a time that nobody waits for it. */
    private static final String FORGET =
            """
            delete from broadcast.job where (app_key, message_uid) in
              (select app_key, message_uid from broadcast.job where ended_at < $1 order by ended_at limit 1000)
            """;

    private final Database database;
    private final JobsConfig config;
    private final Map<State, AtomicLong> counts = new EnumMap<>(State.class);
    private final Loop loop;

    JobUpkeep(Database database, JobsConfig config, MeterRegistry metrics, Vertx vertx) {
        this.database = database;
        this.config = config;
        for (State state : List.of(State.SCHEDULED, State.RUNNING, State.PAUSED)) {
            AtomicLong count = new AtomicLong();
            counts.put(state, count);
            metrics.gauge(JobMetrics.JOBS, List.of(Tag.of(JobMetrics.STATE, state.name())), count);
        }
        this.loop = new Loop("the upkeep of jobs", vertx, this::round);
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    private Uni<Duration> round() {
        long oldest = System.currentTimeMillis() - config.retention().toMillis();
        return count().chain(() -> database.ask(FORGET, Tuple.of(oldest))).replaceWith(ROUND);
    }

    private Uni<Void> count() {
        return database.ask(COUNT, Tuple.tuple())
                .invoke(rows -> {
                    counts.values().forEach(count -> count.set(0));
                    rows.forEach(
                            row -> counts.get(State.valueOf(row.getString(0))).set(row.getLong(1)));
                })
                .replaceWithVoid();
    }
}
