package dev.fanfare.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.embedded.LocalPostgres;
import dev.fanfare.embedded.LocalRedis;
import dev.fanfare.standalone.Fanfare;
import dev.fanfare.standalone.installation.DataDir;
import dev.fanfare.standalone.installation.Node;
import dev.fanfare.standalone.installation.ServiceName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fanfare up} as a process, with the real infrastructure and with services that are fakes. */
class UpTest {

    private static final Duration START = Duration.ofMinutes(3);

    @TempDir
    Path dir;

    private final List<Process> launchers = new ArrayList<>();
    private DataDir data;
    private Path home;

    @BeforeEach
    void build() throws IOException {
        home = dir.resolve("a home with spaces");
        data = DataDir.usual(home);
        for (ServiceName service : ServiceName.values()) {
            FakeService.writeJar(service.jar(home));
        }
    }

    @AfterEach
    void stopLaunchers() throws InterruptedException {
        for (Process launcher : launchers) {
            launcher.destroy();
            launcher.waitFor();
        }
    }

    @Test
    void stopsWhatAKilledLauncherLeftBehind() throws Exception {
        // Given
        Process first = up("first");
        awaitReady("first");
        List<ProcessHandle> leftBehind = running();
        first.destroyForcibly().waitFor();
        assertThat(leftBehind).hasSize(7).allMatch(ProcessHandle::isAlive);

        // When
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int exitCode = up("second", "--edge-port", Integer.toString(taken.getLocalPort()))
                    .waitFor();

            // Then
            assertThat(exitCode).isEqualTo(1);
            assertThat(leftBehind).noneMatch(ProcessHandle::isAlive);
            assertThat(output("second"))
                    .contains(
                            "Stopping what a killed launcher has left behind: api-gateway, broadcast-service,"
                                    + " group-status-service, template-service, delivery-service, PostgreSQL, Redis …",
                            "✘ the client edge: port " + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void stopsInOrderWhenAskedToWhileItStarts() throws Exception {
        // Given
        Process launcher = up("up");
        await().atMost(START).until(() -> output("up").contains("✔ Redis") || ended());
        assertThat(up("another").waitFor()).isEqualTo(1);
        assertThat(output("another")).contains("already runs on", "(process " + launcher.pid() + ")");

        // When
        launcher.destroy();

        // Then
        assertThat(launcher.waitFor()).isEqualTo(128 + 15);
        assertThat(output("up")).contains("stopped Kafka, PostgreSQL, Redis").endsWith("Stopped.\n");
        assertThat(running()).isEmpty();
    }

    @Test
    void restartsANodeAndNamesTheOneThatDiesAndLeavesNothingRunning() throws Exception {
        // Given
        Process launcher = up("up", "--nodes", "2");
        awaitReady("up");
        ProcessHandle second = process(data.pidFile("template-service-2")).orElseThrow();
        assertThat(fanfare("restart", "restart", "template-service-2").waitFor())
                .as(output("restart"))
                .isZero();
        assertThat(second.isAlive()).isFalse();
        assertThat(fanfare("status", "status").waitFor()).isZero();
        assertThat(output("status")).contains("✔ template-service-2", "✔ client edge 2", "✔ relay to the gateways");
        List<ProcessHandle> running = running();

        // When
        process(data.pidFile("template-service-2")).orElseThrow().destroyForcibly();

        // Then
        assertThat(launcher.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(launcher.exitValue()).isEqualTo(1);
        assertThat(running).hasSize(14).noneMatch(ProcessHandle::isAlive);
        assertThat(data.endpoints()).doesNotExist();
        assertThat(output("up").substring(output("up").indexOf('✘')))
                .contains(
                        "✘ template-service-2: ended with exit code 137",
                        "template-service-2.log",
                        "the fake listens on");
    }

    private Process up(String name, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("up", "--free-ports"));
        arguments.addAll(List.of(options));
        Process launcher = fanfare(name, arguments.toArray(String[]::new));
        launchers.add(launcher);
        return launcher;
    }

    private Process fanfare(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfanfare.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                Fanfare.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve(name).toFile())
                .start();
    }

    private void awaitReady(String name) throws IOException {
        await().atMost(START).until(() -> output(name).contains("Ctrl-C stops everything") || ended());
        assertThat(output(name)).contains("Fanfare is ready");
    }

    private boolean ended() {
        return !launchers.get(launchers.size() - 1).isAlive();
    }

    private String output(String name) throws IOException {
        return Files.readString(dir.resolve(name));
    }

    /** The five services, each node, what is before them, PostgreSQL and Redis. */
    private List<ProcessHandle> running() throws IOException {
        List<Path> pidFiles = new ArrayList<>();
        for (Node node : Node.ofEach(2)) {
            pidFiles.add(data.pidFile(node.name()));
        }
        pidFiles.add(data.pidFile("relay-1"));
        pidFiles.add(data.pidFile("relay-2"));
        pidFiles.add(LocalPostgres.pidFile(data.postgres()));
        pidFiles.add(LocalRedis.pidFile(data.redis()));
        List<ProcessHandle> running = new ArrayList<>();
        for (Path pidFile : pidFiles) {
            if (Files.exists(pidFile)) {
                process(pidFile).ifPresent(running::add);
            }
        }
        return running;
    }

    private static Optional<ProcessHandle> process(Path pidFile) throws IOException {
        return ProcessHandle.of(
                Long.parseLong(Files.readAllLines(pidFile).get(0).trim()));
    }
}
