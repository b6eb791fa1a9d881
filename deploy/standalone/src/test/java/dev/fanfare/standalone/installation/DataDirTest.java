package dev.fanfare.standalone.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirTest {

    @TempDir
    Path dir;

    private DataDir data;

    @BeforeEach
    void setUp() {
        data = new DataDir(dir.resolve("installation"));
    }

    @Test
    void maybeNewOrEmptyOrAnInstallationButNobodyElses() throws Exception {
        // Given
        DataDir empty = new DataDir(Files.createDirectory(dir.resolve("empty")));
        DataDir foreign =
                new DataDir(Files.createDirectories(dir.resolve("home/logs")).getParent());
        try (InstallationLock lock =
                InstallationLock.tryTake(new DataDir(dir.resolve("used"))).orElseThrow()) {
            assertThat(lock).isNotNull();
        }

        // When
        boolean usable = foreign.isUsable();

        // Then
        assertThat(usable).isFalse();
        assertThat(data.isUsable()).isTrue();
        assertThat(empty.isUsable()).isTrue();
        assertThat(new DataDir(dir.resolve("used")).isUsable()).isTrue();
    }

    @Test
    void losesWhatIsFanfaresAndNothingElse() throws Exception {
        // Given
        try (InstallationLock lock = InstallationLock.tryTake(data).orElseThrow()) {
            data.create();
            Files.writeString(data.log("api-gateway"), "log");
            Files.createDirectories(data.postgres().resolve("base/1"));
            Secrets.keptIn(data.secrets());
            Path note = Files.writeString(data.root().resolve("note.txt"), "mine");

            // When
            data.clear();

            // Then
            assertThat(lock).isNotNull();
            assertThat(data.root()).isDirectoryContaining(path -> path.equals(note));
            try (var left = Files.walk(data.root())) {
                assertThat(left).containsExactlyInAnyOrder(data.root(), data.run(), data.lock(), note);
            }
        }
    }

    @Test
    void isLockedByOneAtATime() throws Exception {
        // Given
        InstallationLock first = InstallationLock.tryTake(data).orElseThrow();

        // When
        var second = InstallationLock.tryTake(data);

        // Then
        assertThat(second).isEmpty();
        assertThat(InstallationLock.holder(data))
                .isEqualTo(Long.toString(ProcessHandle.current().pid()));
        first.close();
        try (InstallationLock third = InstallationLock.tryTake(data).orElseThrow()) {
            assertThat(third).isNotNull();
        }
    }

    @Test
    void tellsOtherCommandsWhereTheInstallationIsReached() throws Exception {
        // Given
        Endpoints written = new Endpoints(Ports.free(Map.of(), 1));
        written.write(data);

        // When
        Endpoints read = Endpoints.of(data);

        // Then
        assertThat(read).isEqualTo(written);
        Endpoints.delete(data);
        assertThat(Endpoints.of(data).gateway()).hasToString("http://localhost:8080");
        assertThat(Endpoints.of(data).edge()).hasToString("ws://localhost:8090/connection/websocket");
    }
}
