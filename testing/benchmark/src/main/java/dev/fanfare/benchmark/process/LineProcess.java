package dev.fanfare.benchmark.process;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.contracts.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A process that takes commands on stdin, one a line, and answers each by one line of JSON on stdout. What it says on
 * stderr goes to a file. One thread asks. A process that ends early, or does not answer in time, is an error with the
 * name of the process.
 */
public final class LineProcess implements AutoCloseable {

    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private final String name;
    private final Process process;
    private final Writer commands;
    /** Empty: the process has ended. */
    private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

    private LineProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.US_ASCII);
        Thread reader = new Thread(this::read, name + "-answers");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param errors the file that takes stderr */
    public static LineProcess start(String name, List<String> command, Path errors) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new LineProcess(name, process);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Sends a command and waits for its answer. */
    public JsonNode ask(String command, Duration patience) {
        tell(command);
        return answer(patience);
    }

    /** Sends a command; {@link #answer} brings what it said to it. */
    public void tell(String command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has ended", e);
        }
    }

    /** The next line that it says. */
    public JsonNode answer(Duration patience) {
        try {
            Optional<String> line = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (line == null) {
                throw new IllegalStateException(name + " said nothing for " + patience);
            }
            return Json.mapper().readTree(line.orElseThrow(() -> new IllegalStateException(name + " has ended")));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " said something that is not JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + name, e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                answers.add(Optional.of(line));
            }
        } catch (IOException e) {
            // Its stdout closed under us: it has ended, as the next line says.
            answers.add(Optional.empty());
            return;
        }
        answers.add(Optional.empty());
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                commands.write("quit\n");
                commands.flush();
            }
        } catch (IOException e) {
            process.destroy();
        }
        try {
            if (!process.waitFor(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
