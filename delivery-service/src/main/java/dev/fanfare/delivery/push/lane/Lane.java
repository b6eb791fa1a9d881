package dev.fanfare.delivery.push.lane;

import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.PushConfig;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import dev.fanfare.delivery.push.PushSender;
import dev.fanfare.delivery.push.lane.LaneAnswer.NotNow;
import dev.fanfare.delivery.push.lane.LaneAnswer.NotOurs;
import dev.fanfare.delivery.push.lane.LaneAnswer.Tried;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * The way to a provider with one credential. So many pushes are with the provider at a time and so many wait, each for so
 * long; an answer that does not come in time counts as none. When the provider asks to be left alone, or its failures have
 * opened the breaker, nothing is tried and nobody waits: {@link NotNow}. Pushes of which there are very many wait in a line
 * of their own, and go when nobody is in the other.
 *
 * <p>{@link #send} is for any thread. All else happens on the lane's loop, one thing after the other.
 */
final class Lane {

    private static final Logger LOGGER = Logger.getLogger(Lane.class);

    /** A provider that asks for longer is asked again all the same. */
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final String name;
    private final PushSender sender;
    private final PushConfig.Lane config;
    private final LaneMetrics metrics;
    private final Executor loop;
    private final LongSupplier nanoTime;
    private final CircuitBreaker breaker;

    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Deque<Entry> bulkWaiting = new ArrayDeque<>();
    private int running;
    private boolean closed;
    /** The door is shut until then, by {@link #nanoTime}. */
    private long shutUntil;

    private String shutReason = "";
    private boolean down;

    /**
     * @param name for the log
     * @param loop runs one task after the other
     */
    Lane(
            String name,
            PushSender sender,
            PushConfig.Lane config,
            LaneMetrics metrics,
            Executor loop,
            LongSupplier nanoTime) {
        this.name = name;
        this.sender = sender;
        this.config = config;
        this.metrics = metrics;
        this.loop = loop;
        this.nanoTime = nanoTime;
        this.shutUntil = nanoTime.getAsLong();
        this.breaker = CircuitBreaker.of(name, breakerConfig(config));
        breaker.getEventPublisher()
                .onStateTransition(event -> LOGGER.warnf(
                        "push lane %s: breaker %s",
                        name, event.getStateTransition().getToState()));
    }

    private static CircuitBreakerConfig breakerConfig(PushConfig.Lane config) {
        return CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(config.breakerWindow())
                .minimumNumberOfCalls(config.breakerMinimum())
                .failureRateThreshold(config.breakerFailures())
                .waitDurationInOpenState(config.breakerOpen())
                .permittedNumberOfCallsInHalfOpenState(config.breakerTrials())
                .build();
    }

    private record Entry(Push push, BooleanSupplier ours, long since, UniEmitter<? super LaneAnswer> answer) {}

    /**
     * Never fails.
     *
     * @param bulk whether it is one of very many
     * @param ours asked on the loop just before the push goes out
     */
    Uni<LaneAnswer> send(Push push, boolean bulk, BooleanSupplier ours) {
        return Uni.createFrom().emitter(answer -> loop.execute(() -> enter(push, bulk, ours, answer)));
    }

    /** What waits is sent back; when what is with the provider is answered, the sender is closed. */
    void close() {
        loop.execute(() -> {
            closed = true;
            sendBackAll();
            closeWhenEmpty();
        });
    }

    private void enter(Push push, boolean bulk, BooleanSupplier ours, UniEmitter<? super LaneAnswer> answer) {
        Deque<Entry> line = bulk ? bulkWaiting : waiting;
        Entry entry = new Entry(push, ours, nanoTime.getAsLong(), answer);
        if (isShut()) {
            sendBack(List.of(entry));
        } else if (running < config.concurrency()) {
            start(entry);
        } else if (line.size() < (bulk ? config.bulkWaiting() : config.waiting())) {
            line.add(entry);
            metrics.waiting(1);
        } else {
            answer.complete(new NotNow("too many pushes wait for this provider", Duration.ZERO, false));
        }
    }

    private boolean isShut() {
        return closed || shutUntil - nanoTime.getAsLong() > 0;
    }

    private void start(Entry entry) {
        if (!breaker.tryAcquirePermission()) {
            // Half open: others are trying.
            entry.answer.complete(new NotNow("the provider does not work", Duration.ZERO, true));
            return;
        }
        if (!entry.ours.getAsBoolean()) {
            breaker.releasePermission();
            entry.answer.complete(new NotOurs());
            return;
        }
        running++;
        metrics.running(1);
        long begin = nanoTime.getAsLong();
        Uni.createFrom()
                .deferred(() -> sender.send(entry.push))
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .emitOn(loop)
                .subscribe()
                .with(result -> answered(entry, begin, result), e -> answered(entry, begin, unavailable(e)));
    }

    private Unavailable unavailable(Throwable e) {
        if (e instanceof TimeoutException) {
            return new Unavailable("the provider did not answer in time", null, Scope.CREDENTIAL);
        }
        LOGGER.debugf(e, "push lane %s: the provider was not reached", name);
        return new Unavailable("the provider was not reached: " + e.getClass().getSimpleName(), null, Scope.CREDENTIAL);
    }

    private void answered(Entry entry, long begin, PushResult answer) {
        PushResult result =
                answer != null ? answer : unavailable(new IllegalStateException("a sender must answer something"));
        running--;
        metrics.running(-1);
        metrics.took(nanoTime.getAsLong() - begin);
        judge(result, nanoTime.getAsLong() - begin);
        entry.answer.complete(new Tried(result));
        if (isShut()) {
            sendBackAll();
            closeWhenEmpty();
        } else {
            next();
        }
    }

    private void judge(PushResult result, long nanos) {
        if (!(result instanceof Unavailable unavailable) || unavailable.scope() == Scope.PUSH) {
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
        } else if (unavailable.retryAfter() == null) {
            breaker.onError(nanos, TimeUnit.NANOSECONDS, new IllegalStateException(unavailable.reason()));
        } else {
            // It works, and says how much of it: no failure.
            breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
            shut(unavailable.retryAfter(), unavailable.reason(), false);
        }
        boolean open = breaker.getState() == State.OPEN;
        if (open && !down) {
            shut(config.breakerOpen(), "the provider does not work", true);
        }
        if (open != down) {
            down = open;
            metrics.breakers(open ? 1 : -1);
        }
    }

    private void shut(Duration wanted, String reason, boolean byBreaker) {
        Duration pause = wanted.compareTo(LONGEST_PAUSE) < 0 ? wanted : LONGEST_PAUSE;
        long until = nanoTime.getAsLong() + pause.toNanos();
        if (!isShut() || until - shutUntil > 0) {
            shutUntil = until;
            shutReason = reason;
            LOGGER.infof("push lane %s: nothing for %s, %s", name, pause, byBreaker ? "breaker open" : "as asked");
        }
    }

    /** By way of the loop: a sender that answers at once would otherwise make a deep stack. */
    private void next() {
        Entry entry = waiting.isEmpty() ? bulkWaiting.poll() : waiting.poll();
        if (entry == null) {
            return;
        }
        metrics.waiting(-1);
        if (nanoTime.getAsLong() - entry.since > config.patience().toNanos()) {
            entry.answer.complete(new NotNow("others were before it for too long", Duration.ZERO, false));
            loop.execute(this::nextIfRoom);
        } else {
            loop.execute(() -> {
                start(entry);
                nextIfRoom();
            });
        }
    }

    private void nextIfRoom() {
        if (isShut()) {
            sendBackAll();
        } else if (running < config.concurrency()) {
            next();
        }
    }

    private void sendBackAll() {
        List<Entry> all = new ArrayList<>(waiting);
        all.addAll(bulkWaiting);
        waiting.clear();
        bulkWaiting.clear();
        metrics.waiting(-all.size());
        sendBack(all);
    }

    private void sendBack(Collection<Entry> entries) {
        Duration pause = Duration.ofNanos(Math.max(0, shutUntil - nanoTime.getAsLong()));
        NotNow notNow = closed
                ? new NotNow("the credential was changed", Duration.ZERO, false)
                : new NotNow(shutReason, pause, down);
        entries.forEach(entry -> entry.answer.complete(notNow));
    }

    private void closeWhenEmpty() {
        if (closed && running == 0) {
            if (down) {
                down = false;
                metrics.breakers(-1);
            }
            sender.close();
        }
    }
}
