package dev.fanfare.benchmark.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanfare.benchmark.process.LoadGenerator.Devices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The C programs and the Netty baseline understand each other. */
class LoadSmokeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int SESSIONS = 50;

    @TempDir
    static Path folder;

    private static Tools tools;

    private final List<AutoCloseable> started = new ArrayList<>();

    @BeforeAll
    static void compile() throws Exception {
        assumeTrue(Tools.compiler().isPresent(), "no C compiler");
        tools = Tools.compiledIn(folder);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable process : started) {
            process.close();
        }
    }

    private BaselineServer c() {
        return kept(BaselineServer.c(tools, List.of()));
    }

    private BaselineServer netty() {
        return kept(BaselineServer.netty(folder, List.of(), System.getProperty("java.home"), List.of("-Xmx128m")));
    }

    private LoadGenerator devicesAt(BaselineServer server) {
        LoadGenerator devices = kept(
                LoadGenerator.start(tools, List.of(), Devices.sleeping(server.port()), List.of("token-1", "token-2")));
        devices.open(SESSIONS);
        return devices;
    }

    private <T extends AutoCloseable> T kept(T process) {
        started.add(process);
        return process;
    }

    @Test
    void everyBroadcastOfTheCBaselineReachesEveryDevice() {
        everyBroadcastReachesEveryDevice(c());
    }

    @Test
    void everyBroadcastOfTheNettyBaselineReachesEveryDevice() {
        everyBroadcastReachesEveryDevice(netty());
    }

    private void everyBroadcastReachesEveryDevice(BaselineServer server) {
        // Given
        LoadGenerator devices = devicesAt(server);

        // When: frames with short, medium and long headers, one by one and several in a write
        long small = server.send(3, 20, 1);
        long medium = server.send(3, 2_000, 2);
        long large = server.send(3, 60_000, 3);

        // Then
        for (long first : List.of(small, medium, large)) {
            var arrived = devices.awaitBroadcasts(first, 3, PATIENCE);
            assertThat(arrived.received()).isEqualTo(3 * SESSIONS);
            assertThat(arrived.lastNs()).isGreaterThanOrEqualTo(arrived.firstNs());
        }
        var stats = devices.requireClean();
        assertThat(stats.live()).isEqualTo(SESSIONS);
        assertThat(stats.messages()).isEqualTo(9 * SESSIONS);
    }

    @Test
    void devicesThatDoNotReadHaveEverythingLater() {
        // Given
        BaselineServer server = c();
        LoadGenerator devices = devicesAt(server);
        devices.stall(SESSIONS / 2);

        // When
        long first = server.send(3, 200, 1);

        // Then
        var arrived = devices.awaitBroadcasts(first, 3, PATIENCE);
        assertThat(arrived.received()).isEqualTo(3 * (SESSIONS / 2));
        assertThat(devices.resume(first + 2, PATIENCE).sessions()).isEqualTo(SESSIONS);
        assertThat(devices.requireClean().closed()).isZero();
    }

    @Test
    void devicesComeBack() {
        // Given
        LoadGenerator devices = devicesAt(c());

        // When
        devices.drop();

        // Then
        assertThat(devices.reconnect(0, PATIENCE).sessions()).isEqualTo(SESSIONS);
    }

    @Test
    void aBroadcastThatNobodyKeptIsMissed() {
        // Given: a server without a window
        BaselineServer server = c();
        LoadGenerator devices = devicesAt(server);
        devices.awaitBroadcasts(server.send(1, 200, 1), 1, PATIENCE);
        devices.drop();
        server.send(1, 200, 1);

        // When
        devices.reconnect(0, PATIENCE);

        // Then
        assertThat(devices.stats().unrecovered()).isEqualTo(SESSIONS);
        assertThatThrownBy(devices::requireClean).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aProgramThatEndsIsNamed() {
        // Given
        LineProcess process = kept(LineProcess.start("the program", List.of("true"), folder.resolve("true.log")));

        // Then
        assertThatThrownBy(() -> process.answer(PATIENCE)).hasMessageContaining("the program has ended");
    }
}
