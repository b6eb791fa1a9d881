package dev.fanfare.delivery.node;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Questions of many callers, asked many at once: what comes while one batch is under way leaves with the next. Bounded:
 * what is too much fails at once. Thread-safe, never blocks.
 */
public final class Batches<Q, A> {

    private final int size;
    private final int maxWaiting;
    private final Function<List<Q>, Uni<List<A>>> ask;
    private final Queue<Entry<Q, A>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final SingleFlight flights = new SingleFlight(() -> !queue.isEmpty(), this::next);

    /**
     * @param size of a batch, at most
     * @param maxWaiting how many callers may wait
     * @param ask answers in the order of the questions
     */
    public Batches(int size, int maxWaiting, Function<List<Q>, Uni<List<A>>> ask) {
        this.size = size;
        this.maxWaiting = maxWaiting;
        this.ask = ask;
    }

    private record Entry<Q, A>(Q question, CompletableFuture<A> answer) {}

    /** Completes with the answer, or with the failure of its batch. */
    public CompletableFuture<A> ask(Q question) {
        if (waiting.incrementAndGet() > maxWaiting) {
            waiting.decrementAndGet();
            return CompletableFuture.failedFuture(new IllegalStateException("too many wait for an answer"));
        }
        CompletableFuture<A> answer = new CompletableFuture<>();
        queue.add(new Entry<>(question, answer));
        flights.start();
        return answer;
    }

    private Uni<Void> next() {
        List<Entry<Q, A>> batch = new ArrayList<>();
        for (Entry<Q, A> entry = queue.poll(); entry != null; entry = batch.size() < size ? queue.poll() : null) {
            waiting.decrementAndGet();
            batch.add(entry);
        }
        return ask.apply(batch.stream().map(Entry::question).toList())
                .invoke(answers -> {
                    for (int i = 0; i < batch.size(); i++) {
                        batch.get(i).answer.complete(answers.get(i));
                    }
                })
                .onFailure()
                .invoke(e -> batch.forEach(entry -> entry.answer.completeExceptionally(e)))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}
