package dev.fanfare.delivery.presence;

import dev.fanfare.delivery.node.HeldMailboxes;
import dev.fanfare.delivery.node.NodeIdentity;
import dev.fanfare.delivery.node.RedisPipeline;
import dev.fanfare.delivery.node.RedisQueue;
import dev.fanfare.delivery.outcome.RoutingMetrics;
import dev.fanfare.delivery.user.UserKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/**
 * Writes what changed to Redis, in the order in which it was handed over and many changes at once ({@link RedisQueue}).
 * Bounded: beyond {@value #MAX_QUEUED} waiting changes a new one fails at once (the next sweep mends it). Thread-safe,
 * never blocks; of one session, one call at a time. While this node has no mailbox there is nothing to announce, and
 * announcements complete at once.
 */
@Startup // so that its metrics are there from the start
@ApplicationScoped
class PresenceWriter {

    private static final int MAX_QUEUED = 200_000;

    private final RedisQueue redis;
    private final HeldMailboxes mailboxes;
    private final NodeIdentity node;
    private final PresenceConfig config;

    PresenceWriter(
            RedisPipeline redis,
            HeldMailboxes mailboxes,
            NodeIdentity node,
            PresenceConfig config,
            MeterRegistry metrics) {
        this.redis = new RedisQueue(redis, MAX_QUEUED);
        this.mailboxes = mailboxes;
        this.node = node;
        this.config = config;
        metrics.gauge(RoutingMetrics.PRESENCE_QUEUED, this.redis, RedisQueue::waiting);
    }

    /** Completes when Redis has it. */
    CompletableFuture<Void> announce(OwnSession session) {
        if (!choose(session)) {
            return CompletableFuture.completedFuture(null);
        }
        UserKey user = session.user();
        return redis.send(List.of(
                        PresenceCommands.put(user, session.info().sessionId(), entryOf(session)),
                        PresenceCommands.expire(user, config.ttl()),
                        PresenceCommands.remember(user, config.memory())))
                .thenAccept(ignored -> {});
    }

    /**
     * The same, and answers which entries the user had at that moment, this one included. Of two sessions that come at
     * the same time, on whatever nodes, exactly one sees the other.
     */
    CompletableFuture<List<PresenceEntry>> announceAndRead(OwnSession session) {
        if (!choose(session)) {
            return CompletableFuture.completedFuture(List.of());
        }
        UserKey user = session.user();
        return redis.send(List.of(
                        PresenceCommands.putAndRead(user, session.info().sessionId(), entryOf(session), config.ttl()),
                        PresenceCommands.remember(user, config.memory())))
                .thenApply(replies -> PresenceEntry.all(replies.get(0)));
    }

    CompletableFuture<Void> remove(OwnSession session) {
        return redis.send(List.of(
                        PresenceCommands.remove(session.user(), session.info().sessionId())))
                .thenAccept(ignored -> {});
    }

    private String entryOf(OwnSession session) {
        return PresenceEntry.store(session.info(), session.mailbox(), node.id(), System.currentTimeMillis());
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
