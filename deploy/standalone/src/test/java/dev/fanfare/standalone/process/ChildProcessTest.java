package dev.fanfare.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    @TempDir
    Path dir;

    private final StopSignal stop = new StopSignal();
    private Stand stand;

    @BeforeEach
    void setUp() {
        stand = new Stand(dir);
    }

    @Test
    void isReadyWhenItsProbeSaysSoAndStopsInAnOrderlyWay() throws Exception {
        // Given
        ChildProcess service = stand.service("a", Stand.GOOD);
        service.start(stop);
        ProcessHandle process = stand.process("a");

        // When
        service.stop();

        // Then
        assertThat(stand.journal()).containsExactly("a starts", "a stops");
        assertThat(process.isAlive()).isFalse();
        assertThat(stand.pidFile("a")).doesNotExist();
        assertThat(service.ended()).isNotDone();
    }

    @Test
    void ignoresTheCtrlCThatItsWholeProcessGroupHears() throws Exception {
        // Given
        ChildProcess service = stand.service("a", Stand.GOOD);
        service.start(stop);

        // When
        run("kill -INT " + stand.process("a").pid());
        run("kill -HUP " + stand.process("a").pid());
        service.stop();

        // Then
        assertThat(stand.journal()).containsExactly("a starts", "a stops");
    }

    @Test
    void isKilledWhenItDoesNotObey() throws Exception {
        // Given
        ChildProcess service = stand.service("a", "trap '' TERM; touch a.ready; while :; do sleep 0.1; done");
        service.start(stop);
        ProcessHandle process = stand.process("a");

        // When
        service.stop();

        // Then
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void namesItselfAndShowsTheEndOfItsLogWhenItDiesAtStart() {
        // Given
        ChildProcess service = stand.service("a", "for i in $(seq 30); do echo line $i; done; exit 3");

        // When
        var start = assertThatThrownBy(() -> service.start(stop));

        // Then
        start.hasMessage("ended with exit code 3")
                .asInstanceOf(type(PartFailedException.class))
                .satisfies(failure -> {
                    assertThat(failure.part()).isEqualTo("a");
                    assertThat(failure.details()).hasSize(21).endsWith("line 29", "line 30");
                    assertThat(failure.details().get(0)).contains(stand.log("a").toString());
                });
    }

    @Test
    void saysWhatItWaitedForWhenItNeverGetsReady() {
        // Given
        ChildProcess service = stand.service("a", "exec sleep 60", Duration.ofSeconds(1));

        // When
        var start = assertThatThrownBy(() -> service.start(stop));

        // Then
        start.isInstanceOf(PartFailedException.class).hasMessage("is not ready after 1 s: there is no a.ready");
        service.stop();
        assertThat(ProcessHandle.current().children()).noneMatch(child -> isIn(dir, child));
    }

    @Test
    void tellsThatItDiedLater() throws Exception {
        // Given
        ChildProcess service = stand.service("a", Stand.GOOD);
        service.start(stop);
        var ended = service.ended();

        // When
        stand.process("a").destroyForcibly();

        // Then
        assertThat(ended.get(10, TimeUnit.SECONDS)).hasMessage("ended with exit code 137");
    }

    @Test
    void isStartedAgainOnceIfSomebodyAskedForIt() throws Exception {
        // Given
        ChildProcess service = stand.service("a", Stand.GOOD);
        service.start(stop);
        var ended = service.ended();
        ProcessHandle first = stand.process("a");
        Files.createFile(ChildProcess.restartMark(stand.pidFile("a")));

        // When
        first.destroy();

        // Then
        await().until(() -> stand.journal().equals(List.of("a starts", "a stops", "a starts")));
        assertThat(stand.process("a").pid()).isNotEqualTo(first.pid());
        assertThat(ended).isNotDone();
        stand.process("a").destroyForcibly();
        assertThat(ended.get(10, TimeUnit.SECONDS)).hasMessage("ended with exit code 137");
    }

    @Test
    void givesUpWaitingWhenItShallStop() throws Exception {
        // Given
        ChildProcess service = stand.service("a", "exec sleep 60");
        Thread starter = new Thread(() -> assertThat(startFailure(service)).isNull());
        starter.start();
        stop.request();

        // When
        starter.join(TimeUnit.SECONDS.toMillis(10));

        // Then
        assertThat(starter.isAlive()).isFalse();
        service.stop();
    }

    @Test
    void isNotConfiguredByTheEnvironmentOfThePersonsShell() throws Exception {
        // Given
        assertThat(System.getenv()).containsKeys("FANFARE_TEST", "QUARKUS_TEST", "OTHER_TEST");
        ChildProcess service = stand.service("a", "env > seen; " + Stand.GOOD);

        // When
        service.start(stop);

        // Then
        assertThat(Files.readString(dir.resolve("seen")))
                .contains("OTHER_TEST=")
                .doesNotContain("FANFARE_TEST", "QUARKUS_TEST");
        service.stop();
    }

    @Test
    void keepsTheLogOfTheRunBefore() throws Exception {
        // Given
        ChildProcess first = stand.service("a", "echo first; " + Stand.GOOD);
        first.start(stop);
        first.stop();
        Files.delete(dir.resolve("a.ready"));
        ChildProcess second = stand.service("a", "echo second; " + Stand.GOOD);

        // When
        second.start(stop);

        // Then
        second.stop();
        assertThat(stand.log("a")).hasContent("second");
        assertThat(dir.resolve("logs/a.log.1")).hasContent("first");
    }

    private PartFailedException startFailure(ChildProcess service) {
        try {
            service.start(stop);
            return null;
        } catch (PartFailedException e) {
            return e;
        }
    }

    private static boolean isIn(Path dir, ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(dir.toString());
    }

    private static void run(String command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("/bin/sh", "-c", command).start().waitFor())
                .isZero();
    }
}
