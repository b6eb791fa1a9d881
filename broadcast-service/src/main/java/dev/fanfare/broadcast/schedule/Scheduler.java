package dev.fanfare.broadcast.schedule;

import dev.fanfare.broadcast.job.Job;
import dev.fanfare.broadcast.job.JobStore;
import dev.fanfare.broadcast.job.JobsConfig;
import dev.fanfare.broadcast.job.Loop;
import dev.fanfare.broadcast.job.NewJob;
import dev.fanfare.broadcast.job.ProgressRecords;
import dev.fanfare.broadcast.job.Schedules;
import dev.fanfare.broadcast.online.OnlineHalf;
import dev.fanfare.broadcast.schedule.Occurrences.Due;
import dev.fanfare.contracts.command.AllUsersCommand;
import dev.fanfare.contracts.message.MessageUid;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Starts what waits for its time, within a second of it: first the online half, then the job. What dies in between is
 * done again, with the same message. Each time of a message that comes again is a job with a messageUID of its own, which
 * is derived from the series and the time.
 */
@ApplicationScoped
class Scheduler {

    private static final Duration ROUND = Duration.ofMillis(500);
    private static final String EVERYBODY = "";

    private final Schedules schedules;
    private final JobStore store;
    private final RecordPipeline pipeline;
    private final ProgressRecords progress;
    private final Duration lateAtMost;
    private final Loop loop;

    Scheduler(
            Schedules schedules,
            JobStore store,
            RecordPipeline pipeline,
            ProgressRecords progress,
            JobsConfig config,
            Vertx vertx) {
        this.schedules = schedules;
        this.store = store;
        this.pipeline = pipeline;
        this.progress = progress;
        this.lateAtMost = config.lateAtMost();
        this.loop = new Loop("the scheduler", vertx, this::round);
    }

    void start(@Observes StartupEvent event) {
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    private Uni<Duration> round() {
        Instant now = Instant.now();
        return schedules
                .claim(now.toEpochMilli())
                .chain(job -> job.isEmpty()
                        ? Uni.createFrom().item(ROUND)
                        : start(job.get(), now).replaceWith(Duration.ZERO));
    }

    private Uni<Void> start(Job job, Instant now) {
        AllUsersCommand command = job.command();
        Due due = Occurrences.due(command.schedule(), Instant.ofEpochMilli(job.sendAt()), now, lateAtMost);
        return command.schedule().cron() == null ? once(job, job.sendAt()) : again(job, due);
    }

    private Uni<Void> once(Job job, long time) {
        NewJob started = NewJob.running(job.appKey(), job.command(), time, null);
        return toThoseOnline(started)
                .chain(() -> schedules.started(job, started.state(), time, System.currentTimeMillis()))
                .invoke(isStarted -> {
                    if (isStarted) {
                        progress.tell(started.progress(System.currentTimeMillis()));
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> again(Job series, Due due) {
        Long ran = due.run().map(Instant::toEpochMilli).orElse(null);
        Long next = due.next().map(Instant::toEpochMilli).orElse(null);
        return (ran == null ? Uni.createFrom().voidItem() : occurrence(series, ran))
                .chain(() -> schedules.comesAgain(series, next, ran, System.currentTimeMillis()));
    }

    private Uni<Void> occurrence(Job series, long time) {
        String uid = MessageUid.derived(time, series.appKey(), series.messageUid(), EVERYBODY);
        NewJob occurrence = NewJob.running(series.appKey(), series.command().as(uid, null), time, series.messageUid());
        return toThoseOnline(occurrence)
                .chain(() -> store.add(List.of(occurrence)))
                .invoke((Set<JobStore.Key> added) -> {
                    if (!added.isEmpty()) {
                        progress.tell(occurrence.progress(System.currentTimeMillis()));
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> toThoseOnline(NewJob job) {
        Optional<OutRecord> record = OnlineHalf.of(job.appKey(), job.command(), job.sentAt());
        return pipeline.write(record.stream().toList());
    }
}
