package dev.fanfare.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeftoverTest {

    @TempDir
    Path dir;

    private Process process;
    private Path pidFile;

    @BeforeEach
    void leaveAProcess() throws IOException {
        process = new ProcessBuilder("/bin/sh", "-c", "sleep 60 & trap 'kill $!; exit' TERM; wait", dir.toString())
                .start();
        pidFile = Files.writeString(dir.resolve("pid"), process.pid() + "\nmore\n");
    }

    @AfterEach
    void end() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    @Test
    void isStoppedWhenPidAndCommandLineAreOurs() throws Exception {
        // Given
        Leftover leftover = new Leftover("part", pidFile, dir.toString());

        // When
        Leftover.stopAll(List.of(leftover));

        // Then
        assertThat(leftover.runs()).isFalse();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void leavesAloneWhoeverHasThePidByNow() throws Exception {
        // Given
        Leftover leftover = new Leftover("part", pidFile, "/somewhere/else");

        // When
        Leftover.stopAll(List.of(leftover));

        // Then
        assertThat(process.isAlive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no number", "999999999"})
    void isNoneWhenTheFileNamesNoProcess(String content) throws Exception {
        // Given
        Files.writeString(pidFile, content);

        // When
        boolean runs = new Leftover("part", pidFile, "").runs();

        // Then
        assertThat(runs).isFalse();
    }

    @Test
    void isNoneWithoutAFile() throws Exception {
        // Given
        Leftover leftover = new Leftover("part", dir.resolve("none"), "");

        // When
        boolean runs = leftover.runs();

        // Then
        assertThat(runs).isFalse();
    }
}
