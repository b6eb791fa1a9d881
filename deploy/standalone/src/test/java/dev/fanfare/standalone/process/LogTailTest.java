package dev.fanfare.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {

    @TempDir
    Path dir;

    @Test
    void isTheLastLinesOfALongLog() throws Exception {
        // Given
        Path log = Files.write(
                dir.resolve("log"),
                IntStream.rangeClosed(1, 100_000).mapToObj(i -> "line " + i).toList());

        // When
        var tail = LogTail.of(log, 2);

        // Then
        assertThat(tail).containsExactly("line 99999", "line 100000");
    }

    @Test
    void saysWhyThereIsNone() {
        // Given
        Path log = dir.resolve("none");

        // When
        var tail = LogTail.of(log, 2);

        // Then
        assertThat(tail).singleElement().asString().contains("unreadable", "none");
    }
}
