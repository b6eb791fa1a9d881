package dev.fanfare.delivery.presence;

import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.delivery.node.NodeIdentity;
import dev.fanfare.delivery.node.RedisPipeline;
import dev.fanfare.delivery.outcome.RoutingMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes what changed to Redis, in the order in which it was handed over and many changes at once: a hundred thousand
 * clients that come back at the same time are a few hundred round trips on one connection. Bounded: beyond
 * {@value #MAX_QUEUED} waiting changes a new one fails at once (the next sweep mends it). Thread-safe, never blocks.
 * What is handed over is written after the next {@link #flush()}.
 */
@ApplicationScoped
class PresenceWriter {

    private static final int MAX_QUEUED = 200_000;
    private static final int BATCH = 500;

    private final RedisPipeline redis;
    private final HeldMailboxes mailboxes;
    private final NodeIdentity node;
    private final PresenceConfig config;

    private final Queue<Change> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued;
    private final AtomicBoolean writing = new AtomicBoolean();

    PresenceWriter(
            RedisPipeline redis,
            HeldMailboxes mailboxes,
            NodeIdentity node,
            PresenceConfig config,
            MeterRegistry metrics) {
        this.redis = redis;
        this.mailboxes = mailboxes;
        this.node = node;
        this.config = config;
        this.queued = metrics.gauge(RoutingMetrics.PRESENCE_QUEUED, new AtomicInteger());
    }

    private record Change(OwnSession session, boolean present, CompletableFuture<Void> done) {}

    /** Completes when Redis has it; at once while this node has no mailbox, for then there is nothing to announce. */
    CompletableFuture<Void> announce(OwnSession session) {
        return enqueue(new Change(session, true, new CompletableFuture<>()));
    }

    CompletableFuture<Void> remove(OwnSession session) {
        return enqueue(new Change(session, false, new CompletableFuture<>()));
    }

    private CompletableFuture<Void> enqueue(Change change) {
        if (queued.incrementAndGet() > MAX_QUEUED) {
            queued.decrementAndGet();
            change.done.completeExceptionally(new IllegalStateException("too many presence changes are waiting"));
            return change.done;
        }
        queue.add(change);
        return change.done;
    }

    /** Starts writing what was handed over, unless that is under way. */
    void flush() {
        if (queue.isEmpty() || !writing.compareAndSet(false, true)) {
            return;
        }
        List<Change> batch = new ArrayList<>();
        for (Change next = queue.poll(); next != null; next = batch.size() < BATCH ? queue.poll() : null) {
            batch.add(next);
        }
        queued.addAndGet(-batch.size());
        List<Request> commands = new ArrayList<>();
        batch.forEach(change -> addCommands(change, commands));
        redis.send(commands)
                .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                .subscribe()
                .with(
                        ignored -> written(() -> batch.forEach(change -> change.done.complete(null))),
                        failure -> written(() -> batch.forEach(change -> change.done.completeExceptionally(failure))));
    }

    private void written(Runnable tell) {
        writing.set(false);
        tell.run();
        flush();
    }

    private void addCommands(Change change, List<Request> commands) {
        OwnSession session = change.session;
        UserKey user = session.user();
        if (!change.present) {
            commands.add(PresenceCommands.remove(user, session.info().sessionId()));
            return;
        }
        if (choose(session)) {
            String entry =
                    PresenceEntry.store(session.info(), session.mailbox(), node.id(), System.currentTimeMillis());
            commands.add(PresenceCommands.put(user, session.info().sessionId(), entry));
            commands.add(PresenceCommands.expire(user, config.ttl()));
        }
    }

    /**
     * The mailbox may be taken away while it is being chosen. It is written down first and checked afterwards, whereas
     * whoever takes it away first does so and then looks for the sessions in it: one of the two sees the other.
     */
    private boolean choose(OwnSession session) {
        OptionalInt chosen = mailboxes.choose(session.user().text());
        while (chosen.isPresent()) {
            session.moveTo(chosen.getAsInt());
            if (mailboxes.holds(chosen.getAsInt())) {
                return true;
            }
            chosen = mailboxes.choose(session.user().text());
        }
        return false;
    }
}
