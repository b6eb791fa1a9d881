package dev.fanfare.benchmark.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The devices of one app: {@code load.c} as a process. One thread drives it. */
public final class LoadGenerator implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration OPENING = Duration.ofSeconds(150);
    /** The program's own patience ends first. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final LineProcess process;

    private LoadGenerator(LineProcess process) {
        this.process = process;
    }

    /**
     * What kind of devices.
     *
     * @param port where the server listens on loopback
     * @param spinMicros how long it goes on polling after something arrived instead of sleeping, unless all that is
     *     waited for is there: a server that must wake a sleeping reader with every write pays for it, and not evenly
     * @param receiveBytes how much the system takes for a device that does not read; 0: as it thinks fit
     */
    public record Devices(int port, int spinMicros, int receiveBytes) {

        /** Devices on one machine with nothing else to do on their core. */
        public static Devices spinning(int port) {
            return new Devices(port, 5_000, 0);
        }

        /** Devices that share their core. */
        public static Devices sleeping(int port) {
            return new Devices(port, 0, 0);
        }
    }

    /** @param tokens device i has the i-th of them */
    public static LoadGenerator start(Tools tools, List<String> prefix, Devices devices, List<String> tokens) {
        Path file = tools.folder().resolve("tokens-" + devices.port() + "-" + System.nanoTime());
        try {
            Files.write(file, tokens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                tools.load().toString(),
                "--port",
                Integer.toString(devices.port()),
                "--tokens",
                file.toString(),
                "--spin-us",
                Integer.toString(devices.spinMicros()),
                "--rcvbuf",
                Integer.toString(devices.receiveBytes())));
        LineProcess process =
                LineProcess.start("the load generator", command, tools.folder().resolve("load.log"));
        process.answer(ANSWER);
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new LoadGenerator(process);
    }

    /** Connects so many devices more. */
    public LoadReport.Opened open(int sessions) {
        LoadReport.Opened opened = Answers.read(process.ask("open " + sessions, OPENING), LoadReport.Opened.class);
        if (!opened.complete()) {
            throw new IllegalStateException("only " + opened.sessions() + " sessions could be opened: " + stats());
        }
        return opened;
    }

    /** Waits until every device that reads has the broadcasts; otherwise it is an error. */
    public LoadReport.Broadcasts awaitBroadcasts(long fromOffset, long count, Duration patience) {
        LoadReport.Broadcasts report =
                Answers.read(ask("broadcast " + fromOffset + " " + count, patience), LoadReport.Broadcasts.class);
        if (!report.complete()) {
            throw new IllegalStateException("not all broadcasts arrived: " + report + ", " + stats());
        }
        return report;
    }

    /** Forgets personal messages and latencies so far. */
    public void mark() {
        process.ask("mark", ANSWER);
    }

    /** From now on the numbers of broadcasts are looked at. */
    public void number() {
        process.ask("number", ANSWER);
    }

    /**
     * Waits until all devices are connected and have every broadcast up to that number, and so many numbered personal
     * messages have come, or the time is over.
     */
    public boolean awaitWhole(long broadcast, long personal, Duration patience) {
        return Answers.read(ask("whole " + broadcast + " " + personal, patience), LoadReport.Whole.class)
                .complete();
    }

    /** What became of all that was numbered. */
    public LoadReport.Numbers numbers() {
        return Answers.read(process.ask("numbers", ANSWER), LoadReport.Numbers.class);
    }

    /** Waits until so many personal messages have come since the mark; otherwise it is an error. */
    public LoadReport.Personal awaitPersonal(long count, Duration patience) {
        LoadReport.Personal report = Answers.read(ask("personal " + count, patience), LoadReport.Personal.class);
        if (!report.complete()) {
            throw new IllegalStateException(
                    "not all of " + count + " personal messages arrived: " + report + ", " + stats());
        }
        return report;
    }

    /** Waits until so many broadcasts, counted at each device, have told their latency; otherwise it is an error. */
    public void awaitTimed(long count, Duration patience) {
        LoadReport.Timed report = Answers.read(ask("timed " + count, patience), LoadReport.Timed.class);
        if (!report.complete()) {
            throw new IllegalStateException("not all of " + count + " broadcasts arrived: " + report + ", " + stats());
        }
    }

    /** Since the mark. */
    public LoadReport.Latency latency() {
        return Answers.read(process.ask("latency", ANSWER), LoadReport.Latency.class);
    }

    /** Every connection ends without a word. */
    public void drop() {
        process.ask("drop", ANSWER);
    }

    /** All come back as the SDK does; waits until they have everything up to that broadcast. */
    public LoadReport.CaughtUp reconnect(long offset, Duration patience) {
        return caughtUp("reconnect " + offset, patience);
    }

    /** So many stop reading. */
    public LoadReport.Stalled stall(int sessions) {
        return Answers.read(process.ask("stall " + sessions, ANSWER), LoadReport.Stalled.class);
    }

    /** They read again; waits until every device has everything up to that broadcast. */
    public LoadReport.CaughtUp resume(long offset, Duration patience) {
        return caughtUp("resume " + offset, patience);
    }

    private LoadReport.CaughtUp caughtUp(String command, Duration patience) {
        LoadReport.CaughtUp report = Answers.read(ask(command, patience), LoadReport.CaughtUp.class);
        if (!report.complete()) {
            throw new IllegalStateException("not all caught up: " + report + ", " + stats());
        }
        return report;
    }

    public LoadReport.Stats stats() {
        return Answers.read(process.ask("stats", ANSWER), LoadReport.Stats.class);
    }

    /** @throws IllegalStateException if anything was lost, came twice or out of order */
    public LoadReport.Stats requireClean() {
        LoadReport.Stats stats = stats();
        if (!stats.isClean()) {
            throw new IllegalStateException("something was lost, repeated or not understood: " + stats);
        }
        return stats;
    }

    private JsonNode ask(String command, Duration patience) {
        return process.ask(command + " " + patience.toMillis(), patience.plus(MARGIN));
    }

    @Override
    public void close() {
        process.close();
    }
}
