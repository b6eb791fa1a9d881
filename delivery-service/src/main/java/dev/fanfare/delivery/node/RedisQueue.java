package dev.fanfare.delivery.node;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Commands of many callers, in the order in which they were handed over and many at once: a hundred thousand clients that
 * come back at the same time are a few hundred round trips on one connection. Bounded: what is too much fails at once.
 * Thread-safe, never blocks. Whoever waits for replies is told on a thread of the Redis client.
 */
public final class RedisQueue {

    /** Commands at which a batch is full; below the client's own bound, so that a batch leaves as a whole. */
    private static final int BATCH = 1_000;

    private final RedisPipeline redis;
    private final int maxWaiting;
    private final Queue<Entry> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final SingleFlight flights = new SingleFlight(() -> !queue.isEmpty(), this::sendNext);

    /** @param maxWaiting how many callers may wait, at most */
    public RedisQueue(RedisPipeline redis, int maxWaiting) {
        this.redis = redis;
        this.maxWaiting = maxWaiting;
    }

    private record Entry(List<Request> commands, CompletableFuture<List<Response>> replies) {}

    /**
     * The replies in the order of the commands, as of {@link RedisPipeline#send}; fails if a command of the same batch
     * fails. Commands of a caller who cancelled or completed the future meanwhile are not sent.
     */
    public CompletableFuture<List<Response>> send(List<Request> commands) {
        if (waiting.incrementAndGet() > maxWaiting) {
            waiting.decrementAndGet();
            return CompletableFuture.failedFuture(new IllegalStateException("too many wait for Redis"));
        }
        CompletableFuture<List<Response>> replies = new CompletableFuture<>();
        queue.add(new Entry(commands, replies));
        flights.start();
        return replies;
    }

    /** How many callers wait, those that are being served not counted. */
    public int waiting() {
        return waiting.get();
    }

    private Uni<Void> sendNext() {
        List<Entry> batch = new ArrayList<>();
        List<Request> commands = new ArrayList<>();
        for (Entry next = queue.poll(); next != null; next = commands.size() < BATCH ? queue.poll() : null) {
            waiting.decrementAndGet();
            if (!next.replies.isDone()) {
                batch.add(next);
                commands.addAll(next.commands);
            }
        }
        return redis.send(commands)
                .invoke(replies -> tell(batch, replies))
                .onFailure()
                .invoke(e -> batch.forEach(entry -> entry.replies.completeExceptionally(e)))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private static void tell(List<Entry> batch, List<Response> replies) {
        int next = 0;
        for (Entry entry : batch) {
            int end = next + entry.commands.size();
            entry.replies.complete(replies.subList(next, end));
            next = end;
        }
    }
}
