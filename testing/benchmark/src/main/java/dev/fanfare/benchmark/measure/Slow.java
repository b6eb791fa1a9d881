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

    /** As many as there are file descriptors for, of which ten thousand do not read. */
    private static final int SESSIONS = 18_200;

    /** A fraction of what a core can write, so that those who read wait for nobody but the slow. */
    private static final int DELIVERIES_PER_SECOND = 20_000;

    private static final int MOST_PER_SECOND = 20;
    private static final int SECONDS = 40;
    private static final int LEAST_BROADCASTS = 50;
    /** With the number: more than the sockets of one that does not read take. */
    private static final int BYTES = 8_192;

    /** Phones have their own memory; here the system has one for both ends. */
    private static final int RECEIVE_BYTES = 32_768;

    private static final int ROUNDS = 3;
    private static final String APP = "slow";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, double[]> rounds = new LinkedHashMap<>();

    @Override
    public Finding measure(Bench bench) throws Exception {
        Map<String, String> parameters = bench.parameters();
        for (int sessions : bench.settings().sessionsOr(SESSIONS)) {
            measure(bench, sessions, parameters);
        }
        parameters.put("rounds", ROUNDS + " after 1 to warm up");
        parameters.put("lost", "0");
        parameters.put("twice", "0");
        return new Finding(
                parameters,
                new Table(
                        List.of(
                                "sessions",
                                "do not read",
                                "p50 of the others, ms",
                                "p99, ms",
                                "p99.9, ms",
                                "max, ms",
                                "p99, of all reading"),
                        rows),
                rounds);
    }

    private void measure(Bench bench, int sessions, Map<String, String> parameters) throws Exception {
        int slow = (int) Math.round(sessions * bench.settings().slowShare());
        Load load = Load.of(sessions);
        List<Quantiles> without = new ArrayList<>();
        List<Quantiles> with = new ArrayList<>();
        Stats stats;
        try (Installation installation = bench.installation(ServiceName.DELIVERY);
                AppStream stream = new AppStream(installation, APP);
                LoadGenerator devices = bench.devices(
                        new Devices(installation.edgePort(), 0, RECEIVE_BYTES), installation.tokens(APP, sessions))) {
            devices.open(sessions);
            bench.say("warming up with " + sessions + " sessions");
            run(load, stream, devices);
            for (int i = 0; i < ROUNDS; i++) {
                without.add(run(load, stream, devices).broadcast());
                devices.stall(slow);
                with.add(run(load, stream, devices).broadcast());
                CaughtUp back = devices.resume(stream.last(), PATIENCE);
                bench.say("the slow ones had everything " + Table.number(back.ns() / 1e9) + " s later");
            }
            stats = devices.requireClean();
        }
        double p99 = Rounds.of(without, Quantiles::p99Micros).median();
        add(bench, sessions, 0, without, p99);
        add(bench, sessions, slow, with, p99);
        parameters.put("load on " + sessions + " sessions", load.toString());
        parameters.put(
                "the slow of " + sessions,
                String.format(
                        Locale.ROOT,
                        "cut %.1f times each, %s",
                        (double) stats.closed() / (slow * with.size()),
                        stats.closeCodes()));
    }

    /** What is broadcast in a run. */
    private record Load(int perSecond, int broadcasts) {

        static Load of(int sessions) {
            int perSecond = Math.max(1, Math.min(MOST_PER_SECOND, DELIVERIES_PER_SECOND / sessions));
            return new Load(perSecond, Math.max(LEAST_BROADCASTS, perSecond * SECONDS));
        }

        @Override
        public String toString() {
            return perSecond + " broadcasts a second of " + BYTES + " B, " + broadcasts + " a round";
        }
    }

    /** A steady stream of broadcasts, and how long each took to those who read. */
    private static Latency run(Load load, AppStream stream, LoadGenerator devices) throws Exception {
        devices.mark();
        long begin = System.nanoTime();
        for (int i = 0; i < load.broadcasts; i++) {
            long due = begin + i * 1_000_000_000L / load.perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            stream.send(BYTES);
        }
        stream.flush();
        devices.awaitBroadcasts(stream.last() - load.broadcasts + 1, load.broadcasts, PATIENCE);
        return devices.latency();
    }

    private void add(Bench bench, int sessions, int slow, List<Quantiles> measured, double baseline) {
        Rounds p99 = Rounds.of(measured, Quantiles::p99Micros);
        rounds.put(sessions + " sessions, " + slow + " slow: p99, µs", p99.values());
        List<String> row = List.of(
                Table.number(sessions),
                Table.number(slow),
                millis(Rounds.of(measured, Quantiles::p50Micros)),
                millis(p99),
                millis(Rounds.of(measured, Quantiles::p999Micros)),
                millis(Rounds.of(measured, Quantiles::maxMicros)),
                String.format(Locale.ROOT, "%.2f", p99.median() / baseline));
        rows.add(row);
        bench.say(String.join("  ", row));
    }

    private static String millis(Rounds micros) {
        return Table.number(micros.median() / 1000);
    }
}
