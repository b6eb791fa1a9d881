package dev.fanfare.delivery.push;

import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.PushJob;
import dev.fanfare.delivery.outcome.Outcomes;
import dev.fanfare.delivery.outcome.RecordReader;
import dev.fanfare.delivery.push.retry.RetryLevel;
import dev.fanfare.delivery.push.retry.RetryPlan;
import dev.fanfare.delivery.push.retry.Slices;
import dev.fanfare.delivery.push.retry.Slices.Slice;
import dev.fanfare.runtime.pipeline.LongPipeline;
import dev.fanfare.runtime.pipeline.LongPipeline.Work;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.pipeline.RecordPipeline;
import dev.fanfare.runtime.trace.Tracing;
import io.opentelemetry.api.trace.SpanContext;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Message;

/**
 * The push role: reads jobs from the push topics, and from the delay topics what could not be done, when it is due. What
 * waits for its time, or for a provider, holds up nothing behind it; jobs of very many have a topic of their own, which is
 * read on as fast as the providers take them.
 */
@ApplicationScoped
class PushWorker {

    /** What is read ahead of its time from a delay topic, in slices of what is due together. */
    private static final int SLICES = 100;

    private final RecordReader reader;
    private final PushRound round;
    private final PushClaims claims;
    private final PushConfig config;
    private final Tracing tracing;
    private final RetryPlan plan;
    private final LongPipeline jobs;
    private final LongPipeline bulk;
    private final Map<RetryLevel, LongPipeline> delayed = new EnumMap<>(RetryLevel.class);

    PushWorker(
            RecordPipeline pipeline,
            RecordReader reader,
            PushRound round,
            @Identifier(PushClaims.NAME) PushClaims claims,
            PushConfig config,
            Tracing tracing) {
        this.reader = reader;
        this.round = round;
        this.claims = claims;
        this.config = config;
        this.tracing = tracing;
        this.plan = new RetryPlan(config.retry().delays());
        this.jobs = pipeline.longRunning(config.openAtMost());
        this.bulk = pipeline.longRunning(config.bulkOpenAtMost());
        for (RetryLevel level : RetryLevel.values()) {
            delayed.put(level, pipeline.longRunning(SLICES));
        }
    }

    @Incoming("push")
    Uni<Void> run(Message<List<byte[]>> batch) {
        return run(jobs, batch);
    }

    @Incoming("push-bulk")
    Uni<Void> runBulk(Message<List<byte[]>> batch) {
        return run(bulk, batch);
    }

    private Uni<Void> run(LongPipeline pipeline, Message<List<byte[]>> batch) {
        return pipeline.run(batch, records -> {
            List<OutRecord> now = new ArrayList<>();
            return round.begin(tasks(records, now))
                    .map(work -> new Work(
                            Stream.concat(now.stream(), stream(work.now())).toList(), work.later()));
        });
    }

    @Incoming("push-retry-10s")
    Uni<Void> runFirst(Message<List<byte[]>> batch) {
        return run(RetryLevel.FIRST, batch);
    }

    @Incoming("push-retry-1m")
    Uni<Void> runSecond(Message<List<byte[]>> batch) {
        return run(RetryLevel.SECOND, batch);
    }

    @Incoming("push-retry-10m")
    Uni<Void> runThird(Message<List<byte[]>> batch) {
        return run(RetryLevel.THIRD, batch);
    }

    @Incoming("push-retry-1h")
    Uni<Void> runLast(Message<List<byte[]>> batch) {
        return run(RetryLevel.LAST, batch);
    }

    private Uni<Void> run(RetryLevel level, Message<List<byte[]>> batch) {
        return delayed.get(level).run(batch, records -> {
            List<OutRecord> now = new ArrayList<>();
            List<Uni<List<OutRecord>>> later =
                    Slices.of(tasks(records, now), PushWorker::dueAt, plan.slice(level)).stream()
                            .map(this::whenDue)
                            .toList();
            return Uni.createFrom().item(new Work(now, later));
        });
    }

    private Uni<List<OutRecord>> whenDue(Slice<PushTask> slice) {
        return Uni.createFrom().deferred(() -> {
            Duration wait = Duration.ofMillis(slice.dueAt() - System.currentTimeMillis());
            Uni<Void> due = Uni.createFrom().voidItem();
            return (wait.isNegative() || wait.isZero()
                            ? due
                            : due.onItem().delayIt().by(wait))
                    .chain(() -> round.begin(slice.items()))
                    .flatMap(PushWorker::allOf);
        });
    }

    private static Uni<List<OutRecord>> allOf(Work work) {
        return work.later().isEmpty()
                ? Uni.createFrom().item(stream(work.now()).toList())
                : Uni.join().all(work.later()).andFailFast().map(pieces -> Stream.concat(
                                stream(work.now()), pieces.stream().flatMap(List::stream))
                        .toList());
    }

    private List<PushTask> tasks(List<ConsumerRecord<String, byte[]>> records, List<OutRecord> now) {
        List<PushTask> tasks = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            reader.read(record, PushJob.class, PushWorker::isComplete, now).ifPresent(job -> {
                if (job.deviceIds() == null || job.deviceIds().isEmpty()) {
                    now.add(noDevice(job));
                } else {
                    addTasks(job, record, tasks);
                }
            });
        }
        return tasks;
    }

    private void addTasks(PushJob job, ConsumerRecord<String, byte[]> record, List<PushTask> tasks) {
        Instant firstAt = Instant.ofEpochMilli(
                job.retry() == null ? record.timestamp() : job.retry().firstAt());
        Instant expiresAt =
                job.expiresAt() == null ? firstAt.plus(config.maxAge()) : Instant.ofEpochMilli(job.expiresAt());
        PushClaims.Claim claim = claims.claim(new TopicPartition(record.topic(), record.partition()));
        SpanContext trace = tracing.of(record);
        job.deviceIds().stream()
                .distinct()
                .forEach(device -> tasks.add(PushTask.of(job, device, firstAt, expiresAt, claim, trace)));
    }

    private static long dueAt(PushTask task) {
        return task.isRetry() ? task.job().retry().dueAt() : 0;
    }

    private static OutRecord noDevice(PushJob job) {
        return Outcomes.record(DeliveryOutcome.ofUser(
                job.appKey(),
                job.userId(),
                job.message().messageUID(),
                Kind.DROPPED,
                "the user has no device",
                System.currentTimeMillis()));
    }

    private static boolean isComplete(PushJob job) {
        return job.push() != null
                && job.message() != null
                && Stream.of(job.appKey(), job.userId(), job.message().messageUID())
                        .allMatch(PushWorker::isName)
                && (job.replaces() == null || isName(job.replaces()))
                && (job.deviceIds() == null || job.deviceIds().stream().allMatch(PushWorker::isName));
    }

    /** PostgreSQL has no texts with NUL: a question with one would fail for ever. */
    private static boolean isName(String text) {
        return text != null && text.indexOf('\0') < 0;
    }

    private static Stream<OutRecord> stream(Iterable<OutRecord> records) {
        return StreamSupport.stream(records.spliterator(), false);
    }
}
