package dev.fanfare.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.fanfare.standalone.launch.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {

    @TempDir
    Path dir;

    private final StringWriter printed = new StringWriter();
    private final StopSignal stop = new StopSignal();
    private final Supervisor supervisor = new Supervisor(stop, new Console(new PrintWriter(printed, true)));
    private Stand stand;

    @BeforeEach
    void setUp() {
        stand = new Stand(dir);
    }

    @AfterEach
    void stopAll() {
        supervisor.close();
    }

    @Test
    void startsStageByStageAndStopsTheLastStageFirst() throws Exception {
        // Given
        supervisor.start(List.of(stand.service("broker", Stand.GOOD)));
        supervisor.start(List.of(stand.service("one", Stand.GOOD), stand.service("two", Stand.GOOD)));

        // When
        supervisor.close();

        // Then
        assertThat(stand.journal()).hasSize(6).startsWith("broker starts").endsWith("broker stops");
        assertThat(stand.journal().subList(1, 3)).containsExactlyInAnyOrder("one starts", "two starts");
        assertThat(printed.toString()).contains("✔ broker", "✔ one", "✔ two", "stopped one, two", "stopped broker");
    }

    @Test
    void namesThePartThatDiesAtStartAndStopsTheOthers() throws Exception {
        // Given
        supervisor.start(List.of(stand.service("broker", Stand.GOOD)));
        ProcessHandle broker = stand.process("broker");

        // When
        var start = assertThatThrownBy(() ->
                supervisor.start(List.of(stand.service("good", Stand.GOOD), stand.service("bad", "echo why; exit 1"))));

        // Then
        start.asInstanceOf(type(PartFailedException.class)).satisfies(failure -> {
            assertThat(failure.part()).isEqualTo("bad");
            assertThat(failure.details()).endsWith("why");
        });
        supervisor.close();
        assertThat(broker.isAlive()).isFalse();
        assertThat(stand.journal().stream().filter(line -> line.endsWith("stops")))
                .hasSameSizeAs(stand.journal().stream()
                        .filter(line -> line.endsWith("starts"))
                        .toList());
    }

    @Test
    void namesThePartThatDiesLater() throws Exception {
        // Given
        supervisor.start(List.of(stand.service("one", Stand.GOOD), stand.service("two", Stand.GOOD)));

        // When
        stand.process("two").destroyForcibly();

        // Then
        assertThatThrownBy(supervisor::watch)
                .isInstanceOf(PartFailedException.class)
                .hasMessage("ended with exit code 137")
                .extracting(failure -> ((PartFailedException) failure).part())
                .isEqualTo("two");
    }

    @Test
    void interruptsTheWorkWhenAPartDies() throws Exception {
        // Given
        supervisor.start(List.of(stand.service("one", Stand.GOOD)));
        CountDownLatch interrupted = new CountDownLatch(1);

        // When
        var work = assertThatThrownBy(() -> supervisor.watchDuring(() -> {
            stand.process("one").destroyForcibly();
            return sleepUntilInterrupted(interrupted);
        }));

        // Then
        work.isInstanceOf(PartFailedException.class);
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void returnsWhatTheWorkReturned() throws Exception {
        // Given
        supervisor.start(List.of(stand.service("one", Stand.GOOD)));

        // When
        int result = supervisor.watchDuring(() -> 42);

        // Then
        assertThat(result).isEqualTo(42);
    }

    @Test
    void endsAStartThatIsUnderWayWhenAskedTo() throws Exception {
        // Given
        CompletableFuture<Throwable> start = CompletableFuture.supplyAsync(() -> failureOf(
                () -> supervisor.start(List.of(stand.service("slow", "echo slow starts >> journal; exec sleep 60")))));
        await().until(() -> !stand.journal().isEmpty());

        // When
        stop.request();

        // Then
        assertThat(start.get(10, TimeUnit.SECONDS)).isInstanceOf(StoppedException.class);
        ProcessHandle slow = stand.process("slow");
        supervisor.close();
        assertThat(slow.isAlive()).isFalse();
    }

    @Test
    void startsNothingOnceAskedToEnd() throws Exception {
        // Given
        stop.request();

        // When
        var start = assertThatThrownBy(() -> supervisor.start(List.of(stand.service("one", Stand.GOOD))));

        // Then
        start.isInstanceOf(StoppedException.class);
        assertThat(stand.journal()).isEmpty();
    }

    @Test
    void tellsOfABugInAPartInsteadOfWaitingForIt() {
        // Given
        Part broken = new Part() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public void start(StopSignal signal) {
                throw new ExceptionInInitializerError("no such class");
            }

            @Override
            public CompletableFuture<PartFailedException> ended() {
                return new CompletableFuture<>();
            }

            @Override
            public void stop() {
                printed.append("broken stops");
            }
        };

        // When
        var start = assertThatThrownBy(() -> supervisor.start(List.of(broken)));

        // Then
        start.isInstanceOf(PartFailedException.class).hasMessage("no such class");
        supervisor.close();
        assertThat(printed.toString()).contains("broken stops");
    }

    private static Throwable failureOf(Step step) {
        try {
            step.run();
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    private static int sleepUntilInterrupted(CountDownLatch interrupted) throws InterruptedException {
        try {
            new CountDownLatch(1).await();
            return 0;
        } finally {
            interrupted.countDown();
        }
    }

    private interface Step {

        void run() throws Exception;
    }
}
