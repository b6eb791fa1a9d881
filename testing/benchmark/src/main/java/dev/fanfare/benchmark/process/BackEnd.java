package dev.fanfare.benchmark.process;

import dev.fanfare.benchmark.process.LoadReport.Quantiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An app's back end that calls the gateway: {@code calls.c} as a process. One thread drives it. */
public final class BackEnd implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final LineProcess process;

    private BackEnd(LineProcess process) {
        this.process = process;
    }

    /**
     * Calls were made.
     *
     * @param complete whether all were answered
     * @param refused answered with something else than 200
     * @param cut not answered: the connection ended
     * @param times from when a call was due to its answer
     * @param refusal what the first refused call was told
     */
    public record Called(
            boolean complete,
            long accepted,
            long refused,
            long cut,
            long firstNs,
            long lastNs,
            Quantiles times,
            String refusal) {

        public double acceptedPerSecond() {
            return accepted * 1e9 / (lastNs - firstNs);
        }
    }

    /** @param requests whole HTTP requests, used in turn */
    public static BackEnd start(
            Tools tools, List<String> prefix, int gatewayPort, int connections, List<byte[]> requests) {
        Path file = tools.folder().resolve("requests-" + System.nanoTime());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] request : requests) {
            bytes.writeBytes((request.length + "\n").getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(request);
        }
        try {
            Files.write(file, bytes.toByteArray());
            List<String> command = new ArrayList<>(prefix);
            command.addAll(List.of(
                    tools.calls().toString(),
                    "--port",
                    Integer.toString(gatewayPort),
                    "--connections",
                    Integer.toString(connections),
                    "--requests",
                    file.toString()));
            LineProcess process =
                    LineProcess.start("the back end", command, tools.folder().resolve("calls.log"));
            process.answer(START);
            Files.delete(file);
            return new BackEnd(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes calls and waits for their answers; a call that is refused, or not answered in time, is an error.
     *
     * @param perSecond 0: as fast as they are answered, one a connection at a time
     */
    public Called call(int count, int perSecond, Duration patience) {
        begin(count, perSecond, patience);
        return called(patience);
    }

    /** Begins with calls; {@link #called} waits for them. */
    public void begin(int count, int perSecond, Duration patience) {
        process.tell("call " + count + " " + perSecond + " " + patience.toMillis());
    }

    public Called called(Duration patience) {
        Called called = Answers.read(process.answer(patience.plus(MARGIN)), Called.class);
        if (!called.complete() || called.refused() > 0 || called.cut() > 0) {
            throw new IllegalStateException("not every call was accepted: " + called);
        }
        return called;
    }

    /** Ends calls that {@link #begin} began; what was refused or cut is the caller's to judge. */
    public Called stop() {
        return Answers.read(process.ask("stop", MARGIN), Called.class);
    }

    @Override
    public void close() {
        process.close();
    }
}
