package dev.fanfare.delivery.push;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fanfare.contracts.delivery.DeliveryOutcome;
import dev.fanfare.contracts.delivery.DeliveryOutcome.Kind;
import dev.fanfare.contracts.delivery.PushJob.Retry;
import dev.fanfare.contracts.topic.RecordKey;
import dev.fanfare.delivery.device.Device;
import dev.fanfare.delivery.device.PushTarget;
import dev.fanfare.delivery.device.PushTargets;
import dev.fanfare.delivery.outcome.Outcomes;
import dev.fanfare.delivery.push.PushResult.Accepted;
import dev.fanfare.delivery.push.PushResult.Rejected;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import dev.fanfare.delivery.push.dead.DeadLetter;
import dev.fanfare.delivery.push.dead.DeadLetter.Cause;
import dev.fanfare.delivery.push.dead.DeadLetters;
import dev.fanfare.delivery.push.lane.LaneAnswer;
import dev.fanfare.delivery.push.lane.LaneAnswer.NotNow;
import dev.fanfare.delivery.push.lane.LaneAnswer.Tried;
import dev.fanfare.delivery.push.lane.Lanes;
import dev.fanfare.delivery.push.retry.RetryPlan;
import dev.fanfare.delivery.push.retry.RetryPlan.Next;
import dev.fanfare.delivery.push.sent.PushKey;
import dev.fanfare.delivery.push.sent.SentPush;
import dev.fanfare.delivery.push.sent.SentPushes;
import dev.fanfare.runtime.pipeline.OutRecord;
import dev.fanfare.runtime.trace.SpanAttributes;
import dev.fanfare.runtime.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * One push, once: whether it goes out, and what follows from its provider's answer. What was accepted is remembered before
 * it is told; what could not be done goes to a delay topic, or becomes a dead letter when its time is over. Nothing that
 * is away afterwards (PostgreSQL) makes it go out again.
 */
@ApplicationScoped
class PushAttempt {

    private static final Logger LOGGER = Logger.getLogger(PushAttempt.class);
    private static final String NO_PROVIDER = "none";
    private static final Duration TRY_AGAIN = Duration.ofMillis(200);
    private static final Duration TRY_AGAIN_LATER = Duration.ofSeconds(5);
    private static final Duration ANSWERS_ARE_YOUNGER = Duration.ofMinutes(1);
    private static final long MAX_LATELY = 100_000;

    private final Lanes lanes;
    private final SentPushes sent;
    private final PushTargets targets;
    private final DeadLetters dead;
    private final RetryPlan plan;
    private final MeterRegistry metrics;

    /** The same push may be read twice at nearly the same time, after a crash for instance: one goes first. */
    private final Set<PushKey> underWay = ConcurrentHashMap.newKeySet();

    /** What was accepted since another's question of what was: its answer may be older. */
    private final Cache<PushKey, SentPush> lately = Caffeine.newBuilder()
            .expireAfterWrite(ANSWERS_ARE_YOUNGER)
            .maximumSize(MAX_LATELY)
            .build();

    PushAttempt(
            Lanes lanes,
            SentPushes sent,
            PushTargets targets,
            DeadLetters dead,
            PushConfig config,
            MeterRegistry metrics) {
        this.lanes = lanes;
        this.sent = sent;
        this.targets = targets;
        this.dead = dead;
        this.plan = new RetryPlan(config.retry().delays());
        this.metrics = metrics;
    }

    /** It was accepted before. */
    OutRecord known(PushTask task, SentPush before) {
        count(task, before.provider(), "KNOWN");
        return outcome(task, Kind.PUSHED, before.provider(), before.providerId(), null);
    }

    /** It is not needed any more. */
    OutRecord dropped(PushTask task, String reason) {
        return decided(task, Kind.DROPPED, null, reason);
    }

    /**
     * @param target null if there is none
     * @param now takes what is known at once
     * @param later takes what is to be done, not begun
     */
    void of(PushTask task, PushTarget target, List<OutRecord> now, List<Uni<List<OutRecord>>> later) {
        if (!Instant.now().isBefore(task.expiresAt())) {
            if (task.isRetry()) {
                later.add(Uni.createFrom()
                        .deferred(() ->
                                giveUp(task, target, task.attempts(), "its time was over before it was tried again")));
            } else {
                now.add(decided(task, Kind.EXPIRED, null, "its time was over before it was tried"));
            }
        } else if (target == null) {
            now.add(decided(task, Kind.DROPPED, null, "the device has no push token"));
        } else if (target.quiet()) {
            now.add(decided(task, Kind.DROPPED, target, "the user does not want to be disturbed now"));
        } else {
            later.add(Uni.createFrom().deferred(() -> send(task, target)));
        }
    }

    private Uni<List<OutRecord>> send(PushTask task, PushTarget target) {
        Push push;
        try {
            push = PushComposer.compose(task.job(), target.device(), task.expiresAt());
        } catch (RuntimeException e) {
            LOGGER.errorf(
                    e, "a push cannot be composed: messageUid=%s", task.key().messageUid());
            return rejected(task, target.device(), new Rejected("it could not be composed", null));
        }
        Optional<Uni<LaneAnswer>> answer = lanes.send(push, task.isBulk(), () -> begin(task));
        if (answer.isEmpty()) {
            return just(decided(
                    task,
                    Kind.DROPPED,
                    target,
                    "the app has no credential for " + target.device().provider()));
        }
        if (!underWay.add(task.key())) {
            return again(task, target, task.attempts(), Duration.ZERO, "it is being tried already", "NOT_NOW");
        }
        SentPush before = lately.getIfPresent(task.key());
        if (before != null) {
            underWay.remove(task.key());
            return just(known(task, before));
        }
        return answer.get()
                .flatMap(given -> settle(task, target, given).onTermination().invoke(() -> {
                    if (given instanceof Tried) {
                        task.claim().end();
                    }
                }))
                .onTermination()
                .invoke(() -> underWay.remove(task.key()));
    }

    private Uni<List<OutRecord>> settle(PushTask task, PushTarget target, LaneAnswer answer) {
        if (answer instanceof Tried tried) {
            return settle(task, target, tried.result());
        }
        if (answer instanceof NotNow notNow) {
            // A provider that is down is backed off from; one that is busy is not its push's fault.
            int attempts = task.attempts() + (notNow.down() ? 1 : 0);
            return again(task, target, attempts, notNow.pause(), notNow.reason(), "NOT_NOW");
        }
        task.span().setAttribute(SpanAttributes.OUTCOME, "NOT_OURS").end();
        return Uni.createFrom().item(List.of());
    }

    /** Just before it goes out. */
    private static boolean begin(PushTask task) {
        boolean ours = task.claim().begin();
        if (ours) {
            task.span().addEvent("sent");
        }
        return ours;
    }

    private Uni<List<OutRecord>> settle(PushTask task, PushTarget target, PushResult result) {
        Device device = target.device();
        if (result instanceof Accepted accepted) {
            SentPush push = new SentPush(task.key(), device.provider(), accepted.providerId());
            return sent.remember(push).replaceWith(() -> {
                lately.put(task.key(), push);
                count(task, device.provider(), Kind.PUSHED.name());
                return List.of(outcome(task, Kind.PUSHED, device.provider(), accepted.providerId(), null));
            });
        }
        if (result instanceof Rejected rejected) {
            return rejected.tokenInvalidAt() == null
                    ? rejected(task, device, rejected)
                    : tokenInvalid(task, target, rejected);
        }
        Unavailable unavailable = (Unavailable) result;
        Duration atLeast = unavailable.retryAfter() == null ? Duration.ZERO : unavailable.retryAfter();
        return again(task, target, task.attempts() + 1, atLeast, unavailable.reason(), "RETRY");
    }

    private Uni<List<OutRecord>> rejected(PushTask task, Device device, Rejected rejected) {
        return dead.add(letter(task, device.provider(), Cause.REJECTED, rejected.reason(), task.attempts() + 1))
                .replaceWith(() -> List.of(refused(task, device, rejected)));
    }

    private Uni<List<OutRecord>> tokenInvalid(PushTask task, PushTarget target, Rejected rejected) {
        Device device = target.device();
        return targets.removeInvalid(device, rejected.tokenInvalidAt())
                .onFailure()
                .invoke(e -> LOGGER.warnf("an invalid token waits for PostgreSQL: %s", e))
                .onFailure()
                .retry()
                .withBackOff(TRY_AGAIN, TRY_AGAIN_LATER)
                .indefinitely()
                .flatMap(removed -> removed
                        ? just(refused(task, device, rejected))
                        // The device was registered since: its present token has not been tried.
                        : again(task, target, task.attempts() + 1, Duration.ZERO, rejected.reason(), "RETRY"));
    }

    private OutRecord refused(PushTask task, Device device, Rejected rejected) {
        count(task, device.provider(), Kind.REJECTED.name());
        return outcome(task, Kind.REJECTED, device.provider(), null, rejected.reason());
    }

    private Uni<List<OutRecord>> again(
            PushTask task, PushTarget target, int attempts, Duration atLeast, String reason, String result) {
        Optional<Next> next = plan.next(
                attempts,
                atLeast,
                Instant.now(),
                task.expiresAt(),
                ThreadLocalRandom.current().nextDouble());
        if (next.isEmpty()) {
            return giveUp(task, target, attempts, reason);
        }
        count(task, target.device().provider(), result);
        metrics.counter(
                        PushMetrics.RETRIES,
                        PushMetrics.LEVEL,
                        next.get().level().name())
                .increment();
        Retry retry = new Retry(
                attempts, task.firstAt().toEpochMilli(), next.get().dueAt().toEpochMilli());
        return just(Tracing.carried(
                task.span(), OutRecord.of(next.get().level().topic(), keyOf(task), task.jobOfDevice(retry))));
    }

    private Uni<List<OutRecord>> giveUp(PushTask task, PushTarget target, int attempts, String reason) {
        String provider = target == null ? "" : target.device().provider();
        return dead.add(letter(task, provider, Cause.EXPIRED, reason, attempts))
                .replaceWith(() -> List.of(decided(task, Kind.EXPIRED, target, reason)));
    }

    private static DeadLetter letter(PushTask task, String provider, Cause cause, String reason, int attempts) {
        return new DeadLetter(
                task.key(),
                provider,
                cause,
                reason,
                attempts,
                Instant.now(),
                task.jobOfDevice(task.job().retry()));
    }

    private OutRecord decided(PushTask task, Kind kind, PushTarget target, String reason) {
        String provider = target == null ? null : target.device().provider();
        count(task, provider == null ? NO_PROVIDER : provider, kind.name());
        return outcome(task, kind, provider, null, reason);
    }

    private static OutRecord outcome(PushTask task, Kind kind, String provider, String providerId, String reason) {
        return Tracing.carried(
                task.span(),
                Outcomes.record(new DeliveryOutcome(
                        task.job().appKey(),
                        task.job().userId(),
                        task.key().device().deviceId(),
                        task.key().messageUid(),
                        kind,
                        provider,
                        providerId,
                        reason,
                        System.currentTimeMillis())));
    }

    /** It is known what became of it, this time. */
    private void count(PushTask task, String provider, String result) {
        task.span()
                .setAttribute(SpanAttributes.PROVIDER, provider)
                .setAttribute(SpanAttributes.OUTCOME, result)
                .end();
        metrics.counter(PushMetrics.PUSHES, PushMetrics.PROVIDER, provider, PushMetrics.RESULT, result)
                .increment();
    }

    private static String keyOf(PushTask task) {
        return RecordKey.ofUser(task.job().appKey(), task.job().userId());
    }

    private static Uni<List<OutRecord>> just(OutRecord record) {
        return Uni.createFrom().item(List.of(record));
    }
}
