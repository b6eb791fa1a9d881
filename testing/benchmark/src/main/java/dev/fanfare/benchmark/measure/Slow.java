package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.figures.Rounds;
import dev.fanfare.benchmark.process.LoadGenerator;
import dev.fanfare.benchmark.process.LoadGenerator.Devices;
import dev.fanfare.benchmark.process.LoadReport.CaughtUp;
import dev.fanfare.benchmark.process.LoadReport.Latency;
import dev.fanfare.benchmark.process.LoadReport.Quantiles;
import dev.fanfare.benchmark.process.LoadReport.Stats;
import dev.fanfare.benchmark.product.AppStream;
import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.benchmark.report.Table;
import dev.fanfare.standalone.installation.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Some sessions stop reading: what the others notice of it, and what becomes of the slow ones. */
public final class Slow implements Measurement {

    private static final int SESSIONS = 500;
    private static final int PER_SECOND = 20;
    private static final int BROADCASTS = 400;
    /** With the number: more than a socket's buffers and the server's bound for a slow reader take together. */
    private static final int BYTES = 16_384;

    /** Loopback's segments of 64 KiB would make the sockets' buffers larger than they are in a network. */
    private static final int NETWORK_SEGMENT = 1_448;

    private static final int ROUNDS = 3;
    private static final String APP = "slow";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, double[]> rounds = new LinkedHashMap<>();

    @Override
    public Finding measure(Bench bench) throws Exception {
        int sessions = bench.settings().sessionsOr(SESSIONS).get(0);
        int slow = (int) Math.round(sessions * bench.settings().slowShare());
        List<Quantiles> without = new ArrayList<>();
        List<Quantiles> with = new ArrayList<>();
        Stats stats;
        try (Installation installation = bench.installation(ServiceName.DELIVERY);
                AppStream stream = new AppStream(installation, APP);
                LoadGenerator devices = bench.devices(
                        new Devices(installation.edgePort(), 0, NETWORK_SEGMENT), installation.tokens(APP, sessions))) {
            devices.open(sessions);
            bench.say("warming up");
            run(stream, devices);
            for (int i = 0; i < ROUNDS; i++) {
                without.add(run(stream, devices).broadcast());
                devices.stall(slow);
                with.add(run(stream, devices).broadcast());
                CaughtUp back = devices.resume(stream.last(), PATIENCE);
                bench.say("the slow ones had everything " + Table.number(back.ns() / 1e9) + " s later");
            }
            stats = devices.requireClean();
        }
        add(bench, "no slow session", without);
        add(bench, slow + " slow sessions", with);
        Map<String, String> parameters = bench.parameters();
        parameters.put("sessions", Integer.toString(sessions));
        parameters.put("load", PER_SECOND + " broadcasts a second of " + BYTES + " B, " + BROADCASTS + " a round");
        parameters.put("rounds", with.size() + " after 1 to warm up");
        parameters.put(
                "slow sessions",
                String.format(Locale.ROOT, "cut %.1f times each", (double) stats.closed() / (slow * with.size())));
        parameters.put("close codes", stats.closeCodes().toString());
        parameters.put("lost", "0");
        parameters.put("twice", "0");
        return new Finding(
                parameters,
                new Table(List.of("the sessions that read", "p50, ms", "p99, ms", "p99.9, ms", "max, ms"), rows),
                rounds);
    }

    /** A steady stream of broadcasts, and how long each took to those who read. */
    private static Latency run(AppStream stream, LoadGenerator devices) throws Exception {
        devices.mark();
        long begin = System.nanoTime();
        for (int i = 0; i < BROADCASTS; i++) {
            long due = begin + i * 1_000_000_000L / PER_SECOND;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            stream.send(BYTES);
        }
        stream.flush();
        devices.awaitBroadcasts(stream.last() - BROADCASTS + 1, BROADCASTS, PATIENCE);
        return devices.latency();
    }

    private void add(Bench bench, String name, List<Quantiles> measured) {
        Rounds p99 = Rounds.of(measured, Quantiles::p99Micros);
        rounds.put(name + ": p99, µs", p99.values());
        List<String> row = List.of(
                name,
                millis(Rounds.of(measured, Quantiles::p50Micros)),
                millis(p99),
                millis(Rounds.of(measured, Quantiles::p999Micros)),
                millis(Rounds.of(measured, Quantiles::maxMicros)));
        rows.add(row);
        bench.say(String.join("  ", row));
    }

    private static String millis(Rounds micros) {
        return Table.number(micros.median() / 1000);
    }
}
