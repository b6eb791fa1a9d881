package dev.fanfare.delivery.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

    private final Queue<Integer> waiting = new ConcurrentLinkedQueue<>();
    private final List<List<Integer>> flights = new CopyOnWriteArrayList<>();
    private final BlockingQueue<CompletableFuture<Void>> underWay = new LinkedBlockingQueue<>();
    private final SingleFlight flight = new SingleFlight(() -> !waiting.isEmpty(), this::takeAll);

    @Test
    void whatComesMeanwhileLeavesTogetherWithTheNext() throws Exception {
        // Given
        add(1);
        CompletableFuture<Void> first = next();

        // When
        add(2);
        add(3);
        first.complete(null);

        // Then
        next().complete(null);
        assertThat(flights).containsExactly(List.of(1), List.of(2, 3));
    }

    @Test
    void aFlightThatCrashesIsNotTheLast() throws Exception {
        // Given
        add(1);
        CompletableFuture<Void> first = next();
        add(2);

        // When
        first.completeExceptionally(new IllegalStateException("a bug"));

        // Then
        next().complete(null);
        assertThat(flights).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void nobodyIsForgottenHoweverManyStart() throws Exception {
        // Given
        List<Thread> threads = new ArrayList<>();
        Thread landing = new Thread(() -> {
            try {
                while (true) {
                    underWay.take().complete(null);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        landing.start();

        // When
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 10_000; i++) {
                    add(i);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        // Then
        await().until(() -> flights.stream().mapToInt(List::size).sum() == 40_000);
        landing.interrupt();
    }

    private void add(int what) {
        waiting.add(what);
        flight.start();
    }

    private Uni<Void> takeAll() {
        List<Integer> taken = new ArrayList<>();
        for (Integer next = waiting.poll(); next != null; next = waiting.poll()) {
            taken.add(next);
        }
        flights.add(taken);
        CompletableFuture<Void> end = new CompletableFuture<>();
        underWay.add(end);
        return Uni.createFrom().completionStage(end);
    }

    private CompletableFuture<Void> next() throws InterruptedException {
        CompletableFuture<Void> landing = underWay.poll(5, TimeUnit.SECONDS);
        assertThat(landing).isNotNull();
        return landing;
    }
}
