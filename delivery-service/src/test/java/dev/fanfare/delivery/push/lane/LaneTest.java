package dev.fanfare.delivery.push.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.contracts.Secret;
import dev.fanfare.delivery.device.Device;
import dev.fanfare.delivery.push.Push;
import dev.fanfare.delivery.push.PushConfig;
import dev.fanfare.delivery.push.PushResult;
import dev.fanfare.delivery.push.PushResult.Accepted;
import dev.fanfare.delivery.push.PushResult.Scope;
import dev.fanfare.delivery.push.PushResult.Unavailable;
import dev.fanfare.delivery.push.PushSender;
import dev.fanfare.delivery.push.lane.LaneAnswer.NotNow;
import dev.fanfare.delivery.push.lane.LaneAnswer.NotOurs;
import dev.fanfare.delivery.push.lane.LaneAnswer.Tried;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A lane for two pushes at a time, two that wait, and a breaker that looks at four answers. */
class LaneTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration OPEN = Duration.ofMillis(200);
    private static final Unavailable BROKEN = new Unavailable("InternalServerError", null, Scope.CREDENTIAL);

    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    /** What the provider has been given and not answered. */
    private final Queue<CompletableFuture<PushResult>> asked = new ConcurrentLinkedQueue<>();

    /** What it has been given, in order. */
    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean closed = new AtomicBoolean();
    /** Is added to the time. */
    private final AtomicLong later = new AtomicLong();

    private Lane lane = lane(Duration.ofSeconds(10));

    @AfterEach
    void stop() {
        loop.shutdownNow();
    }

    @Test
    void letsSoManyThroughAndSoManyWaitAndNoMore() {
        // Given
        List<CompletableFuture<LaneAnswer>> answers = send(4);
        await().atMost(PATIENCE).until(() -> asked.size() == 2);

        // When
        LaneAnswer fifth = answer(send(1).get(0));

        // Then
        assertThat(fifth).isInstanceOfSatisfying(NotNow.class, notNow -> {
            assertThat(notNow.down()).isFalse();
            assertThat(notNow.reason()).isEqualTo("too many pushes wait for this provider");
        });
        accept();
        accept();
        await().atMost(PATIENCE).until(() -> asked.size() == 2);
        accept();
        accept();
        assertThat(answers).allSatisfy(answer -> assertThat(answer(answer)).isEqualTo(tried(new Accepted("id"))));
    }

    @Test
    void whatIsInBulkHasRoomOfItsOwnAndWaitsForTheOthers() {
        // Given
        List<CompletableFuture<LaneAnswer>> answers = new ArrayList<>(send(2));
        for (int i = 0; i < 3; i++) {
            answers.add(send("bulk", true, () -> true));
        }
        LaneAnswer beyondItsRoom = answer(send("bulk", true, () -> true));

        // When
        answers.addAll(send(2));

        // Then
        assertThat(beyondItsRoom).isInstanceOf(NotNow.class);
        answers.forEach(any -> accept());
        assertThat(answers).allSatisfy(answer -> assertThat(answer(answer)).isEqualTo(tried(new Accepted("id"))));
        assertThat(bodies).containsExactly("hello", "hello", "hello", "hello", "bulk", "bulk", "bulk");
    }

    @Test
    void whatIsInBulkIsSentBackWithTheOthersWhenTheLaneIsShut() {
        // Given
        send(2);
        CompletableFuture<LaneAnswer> waiting = send("bulk", true, () -> true);

        // When
        next().complete(new Unavailable("TooManyRequests", Duration.ofSeconds(3), Scope.CREDENTIAL));

        // Then
        assertThat(answer(waiting)).isInstanceOfSatisfying(NotNow.class, notNow -> assertThat(notNow.reason())
                .isEqualTo("TooManyRequests"));
    }

    @Test
    void sendsBackWhatWaitedForTooLong() {
        // Given
        List<CompletableFuture<LaneAnswer>> answers = send(3);
        await().atMost(PATIENCE).until(() -> asked.size() == 2);
        later.addAndGet(Duration.ofSeconds(6).toNanos());

        // When
        accept();

        // Then
        assertThat(answer(answers.get(2))).isInstanceOf(NotNow.class);
        assertThat(asked).hasSize(1);
    }

    @Test
    void doesNotWaitForAnAnswerForEver() {
        // Given
        lane = lane(Duration.ofMillis(50));

        // When
        LaneAnswer answer = answer(send(1).get(0));

        // Then
        assertThat(answer)
                .isEqualTo(tried(new Unavailable("the provider did not answer in time", null, Scope.CREDENTIAL)));
        assertThat(asked.remove()).as("was told that nobody waits").isCancelled();
    }

    @Test
    void aFailureOfTheSenderIsTheProvidersAbsence() {
        // Given
        CompletableFuture<LaneAnswer> answer = send(1).get(0);

        // When
        next().completeExceptionally(new IllegalStateException("the line is cut"));

        // Then
        assertThat(answer(answer))
                .isEqualTo(tried(new Unavailable(
                        "the provider was not reached: IllegalStateException", null, Scope.CREDENTIAL)));
    }

    @Test
    void isShutAsLongAsTheProviderAsksForAndWhatWaitsGoesBackAtOnce() {
        // Given
        List<CompletableFuture<LaneAnswer>> answers = send(3);
        Unavailable busy = new Unavailable("TooManyRequests", Duration.ofMinutes(1), Scope.CREDENTIAL);

        // When
        next().complete(busy);

        // Then
        assertThat(answer(answers.get(0))).isEqualTo(tried(busy));
        assertThat(answer(answers.get(2))).isInstanceOfSatisfying(NotNow.class, notNow -> {
            assertThat(notNow.reason()).isEqualTo("TooManyRequests");
            assertThat(notNow.down()).isFalse();
            assertThat(notNow.pause()).isBetween(Duration.ofSeconds(50), Duration.ofMinutes(1));
        });
        assertThat(answer(send(1).get(0))).isInstanceOf(NotNow.class);
        later.addAndGet(Duration.ofMinutes(1).toNanos());
        send(1);
        await().atMost(PATIENCE).until(() -> asked.size() == 2);
    }

    @Test
    void isNotShutByWhatIsAboutOnePushAlone() {
        // Given
        List<CompletableFuture<LaneAnswer>> answers = send(3);

        // When
        next().complete(new Unavailable("TooManyForThisDevice", Duration.ofMinutes(1), Scope.PUSH));

        // Then
        answer(answers.get(0));
        await().atMost(PATIENCE).until(() -> asked.size() == 2);
    }

    @Test
    void opensItsBreakerAfterFailuresAndClosesItAfterSuccess() {
        // Given
        for (int i = 0; i < 4; i++) {
            CompletableFuture<LaneAnswer> answer = send(1).get(0);
            next().complete(BROKEN);
            assertThat(answer(answer)).isEqualTo(tried(BROKEN));
        }

        // When
        LaneAnswer meanwhile = answer(send(1).get(0));

        // Then
        assertThat(meanwhile).isInstanceOfSatisfying(NotNow.class, notNow -> assertThat(notNow.down())
                .isTrue());
        assertThat(asked).isEmpty();
        // Then: after a while trials are let through, and when they succeed, all
        await().atMost(PATIENCE).until(() -> {
            CompletableFuture<LaneAnswer> trial = send(1).get(0);
            await().atMost(PATIENCE).until(() -> trial.isDone() || !asked.isEmpty());
            asked.forEach(push -> push.complete(new Accepted("id")));
            asked.clear();
            return answer(trial) instanceof Tried;
        });
        for (int i = 0; i < 5; i++) {
            CompletableFuture<LaneAnswer> answer = send(1).get(0);
            accept();
            assertThat(answer(answer)).isEqualTo(tried(new Accepted("id")));
        }
    }

    @Test
    void whatWaitsGoesBackAtOnceWhenTheBreakerOpens() {
        // Given
        send(2);
        next().complete(BROKEN);
        next().complete(BROKEN);
        List<CompletableFuture<LaneAnswer>> answers = send(4);
        next().complete(BROKEN);

        // When
        next().complete(BROKEN);

        // Then
        assertThat(answer(answers.get(3))).isInstanceOfSatisfying(NotNow.class, notNow -> {
            assertThat(notNow.down()).isTrue();
            assertThat(notNow.pause()).isPositive();
        });
    }

    @Test
    void doesNotSendWhatIsNotOurs() {
        // When
        LaneAnswer answer = answer(send(() -> false));

        // Then
        assertThat(answer).isInstanceOf(NotOurs.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void closesItsSenderWhenTheLastAnswerIsThere() {
        // Given
        List<CompletableFuture<LaneAnswer>> answers = send(3);
        await().atMost(PATIENCE).until(() -> asked.size() == 2);

        // When
        lane.close();

        // Then
        assertThat(answer(answers.get(2))).isInstanceOf(NotNow.class);
        accept();
        answer(answers.get(0));
        assertThat(closed).isFalse();
        accept();
        await().atMost(PATIENCE).untilTrue(closed);
        assertThat(answer(send(1).get(0))).isInstanceOf(NotNow.class);
    }

    @Test
    void manyThatAreAnsweredAtOnceDoNotFillTheStack() {
        // Given
        PushSender quick = new PushSender() {
            @Override
            public Uni<PushResult> send(Push push) {
                return Uni.createFrom().item(new Accepted("id"));
            }

            @Override
            public void close() {}
        };
        lane = new Lane(
                "app/provider",
                quick,
                new Config(1, 100_000, Duration.ofMinutes(1), Duration.ofSeconds(10)),
                new LaneMetrics(new SimpleMeterRegistry(), "provider"),
                loop,
                System::nanoTime);

        // When
        List<CompletableFuture<LaneAnswer>> answers = send(20_000);

        // Then
        assertThat(answers).allSatisfy(answer -> assertThat(answer(answer)).isInstanceOf(Tried.class));
    }

    private Lane lane(Duration timeout) {
        PushSender sender = new PushSender() {
            @Override
            public Uni<PushResult> send(Push push) {
                CompletableFuture<PushResult> answer = new CompletableFuture<>();
                bodies.add(push.body());
                asked.add(answer);
                return Uni.createFrom().completionStage(answer);
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
        return new Lane(
                "app/provider",
                sender,
                new Config(2, 2, Duration.ofSeconds(5), timeout),
                new LaneMetrics(new SimpleMeterRegistry(), "provider"),
                loop,
                () -> System.nanoTime() + later.get());
    }

    private record Config(int concurrency, int waiting, Duration patience, Duration timeout)
            implements PushConfig.Lane {

        @Override
        public int bulkWaiting() {
            return waiting + 1;
        }

        @Override
        public int breakerWindow() {
            return 4;
        }

        @Override
        public int breakerMinimum() {
            return 4;
        }

        @Override
        public int breakerFailures() {
            return 50;
        }

        @Override
        public Duration breakerOpen() {
            return OPEN;
        }

        @Override
        public int breakerTrials() {
            return 1;
        }
    }

    private List<CompletableFuture<LaneAnswer>> send(int count) {
        List<CompletableFuture<LaneAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(send(() -> true));
        }
        return answers;
    }

    private CompletableFuture<LaneAnswer> send(BooleanSupplier ours) {
        return send("hello", false, ours);
    }

    private CompletableFuture<LaneAnswer> send(String body, boolean bulk, BooleanSupplier ours) {
        Device device = new Device("app", "u", "d", "provider", Secret.of("t"), null, null, null, null, Instant.EPOCH);
        return lane.send(new Push(device, null, body, null, false, null, Map.of(), Instant.MAX), bulk, ours)
                .subscribeAsCompletionStage();
    }

    /** What the provider has to answer next. */
    private CompletableFuture<PushResult> next() {
        await().atMost(PATIENCE).until(() -> !asked.isEmpty());
        return asked.remove();
    }

    private void accept() {
        next().complete(new Accepted("id"));
    }

    private static LaneAnswer answer(CompletableFuture<LaneAnswer> answer) {
        assertThat(answer).succeedsWithin(PATIENCE);
        return answer.join();
    }

    private static LaneAnswer tried(PushResult result) {
        return new Tried(result);
    }
}
