package dev.fanfare.broadcast.job;

import dev.fanfare.broadcast.audience.Audience;
import dev.fanfare.contracts.delivery.JobProgress.State;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import dev.fanfare.runtime.trace.SpanAttributes;
import dev.fanfare.runtime.trace.Tracing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Hands the users of running jobs to delivery, slice by slice, each time of the job whose turn it is. A slice is one page
 * of the audience, written, acknowledged by the brokers, and only then remembered: whatever dies in between, the slice is
 * done again from where it began, with the same records. One slice at a time is in memory.
 */
@ApplicationScoped
public class JobRunner {

    private static final Logger LOGGER = Logger.getLogger(JobRunner.class);

    private final Turns turns;
    private final Audience audience;
    private final Newcomers newcomers;
    private final Pace pace;
    private final RecordPipeline pipeline;
    private final ProgressRecords progress;
    private final JobsConfig config;
    private final Tracing tracing;
    private final Counter users;
    private final Timer slices;
    private final Loop loop;

    /** The job that waits for room. On the loop only. */
    private Job waiting;

    /** Jobs whose audience is being counted. */
    private final Set<String> counting = ConcurrentHashMap.newKeySet();

    JobRunner(
            Turns turns,
            Audience audience,
            Newcomers newcomers,
            Pace pace,
            RecordPipeline pipeline,
            ProgressRecords progress,
            JobsConfig config,
            Tracing tracing,
            MeterRegistry metrics,
            Vertx vertx) {
        this.turns = turns;
        this.audience = audience;
        this.newcomers = newcomers;
        this.pace = pace;
        this.pipeline = pipeline;
        this.progress = progress;
        this.config = config;
        this.tracing = tracing;
        this.users = metrics.counter(JobMetrics.USERS);
        this.slices = metrics.timer(JobMetrics.SLICE);
        this.loop = new Loop("the runner of jobs", vertx, this::turn);
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    /** There may be a job to run. */
    public void call() {
        loop.call();
    }

    private Uni<Duration> turn() {
        return next().chain(job -> job.isEmpty() ? Uni.createFrom().item(config.idle()) : run(job.get()));
    }

    private Uni<Optional<Job>> next() {
        Job kept = waiting;
        waiting = null;
        return kept == null
                ? turns.claim(config.lease())
                : turns.renew(kept, config.lease()).map(ours -> ours ? Optional.of(kept) : Optional.empty());
    }

    private Uni<Duration> run(Job job) {
        return newcomers
                .areKnownTo(job)
                .chain(known -> known
                        ? runInPace(job)
                        : turns.postpone(job, config.idle()).replaceWith(Duration.ZERO));
    }

    private Uni<Duration> runInPace(Job job) {
        return pace.leavesRoom(job.pushHalf()).chain(room -> {
            if (!room) {
                waiting = job;
                return Uni.createFrom().item(config.pace().measure());
            }
            countOnce(job);
            return slice(job).replaceWith(Duration.ZERO);
        });
    }

    private Uni<Void> slice(Job job) {
        long begun = System.nanoTime();
        int limit = Slice.limit(job.pushHalf(), config.slice());
        return audience.page(job.appKey(), job.command().audience(), job.after(), limit)
                .chain(userIds -> write(job, userIds, limit))
                .invoke(() -> slices.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS));
    }

    private Uni<Void> write(Job job, List<String> userIds, int limit) {
        Slice slice = new Slice(job, userIds);
        Span span = tracing.begin("slice", SpanKind.PRODUCER, tracing.of(job.trace()))
                .setAttribute(SpanAttributes.APP_KEY, job.appKey())
                .setAttribute(SpanAttributes.MESSAGE_UID, job.messageUid())
                .setAttribute(SpanAttributes.USERS, userIds.size())
                .setAttribute(SpanAttributes.RECORDS, slice.size());
        return pipeline.write(slice.records(span))
                .onTermination()
                .invoke(span::end)
                .invoke(() -> pace.wrote(slice.size()))
                .chain(() -> {
                    long now = System.currentTimeMillis();
                    String last = userIds.isEmpty() ? job.after() : userIds.get(userIds.size() - 1);
                    Job advanced = job.advanced(last, userIds.size(), now);
                    return turns.checkpoint(advanced, userIds.size() < limit, now)
                            .invoke(state -> remembered(job, advanced, state, now))
                            .replaceWithVoid();
                });
    }

    private void remembered(Job before, Job after, Optional<State> state, long now) {
        if (state.isEmpty()) {
            LOGGER.infof("another node has the job by now: messageUid=%s", before.messageUid());
            return;
        }
        users.increment(after.users() - before.users());
        boolean told = after.rate() != before.rate();
        if (told || state.get() == State.DONE) {
            progress.tell(after.progress(state.get(), now));
        }
    }

    /** Beside the work, for it may take a second, and is an estimate anyway. */
    private void countOnce(Job job) {
        String key = job.appKey() + ':' + job.messageUid();
        if (job.audience() == null && counting.add(key)) {
            audience.count(job.appKey(), job.command().audience())
                    .chain(count -> turns.counted(job, count))
                    .onTermination()
                    .invoke(() -> counting.remove(key))
                    .subscribe()
                    .with(done -> {}, e -> LOGGER.warnf("an audience could not be counted: %s", e));
        }
    }
}
