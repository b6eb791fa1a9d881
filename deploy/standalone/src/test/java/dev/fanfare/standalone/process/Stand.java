package dev.fanfare.standalone.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Services that are shell scripts, and a journal into which they write what happens to them. */
final class Stand {

    /** Runs until SIGTERM, which it obeys. */
    static final String GOOD = "trap 'echo $NAME stops >> journal; kill $!; exit 0' TERM; sleep 60 & "
            + "echo $NAME starts >> journal; touch $NAME.ready; wait";

    private final Path dir;

    Stand(Path dir) {
        this.dir = dir;
    }

    ChildProcess service(String name, String script) {
        return service(name, script, Duration.ofSeconds(20));
    }

    /** A service that is ready when there is a file {@code <name>.ready}. */
    ChildProcess service(String name, String script, Duration startPatience) {
        List<String> command = List.of("/bin/sh", "-c", "NAME=" + name + "; " + script);
        Probe ready = () -> Files.exists(dir.resolve(name + ".ready"))
                ? Optional.empty()
                : Optional.of("there is no " + name + ".ready");
        return new ChildProcess(
                new ChildProcess.Spec(name, command, dir, log(name), pidFile(name), List.of(ready)),
                startPatience,
                Duration.ofSeconds(2));
    }

    Path log(String name) {
        return dir.resolve("logs").resolve(name + ".log");
    }

    Path pidFile(String name) {
        return dir.resolve(name + ".pid");
    }

    /** The process of a service that has been started. */
    ProcessHandle process(String name) {
        try {
            return ProcessHandle.of(
                            Long.parseLong(Files.readString(pidFile(name)).trim()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What has happened, line by line. */
    List<String> journal() throws IOException {
        Path journal = dir.resolve("journal");
        return Files.exists(journal) ? Files.readAllLines(journal) : List.of();
    }
}
