package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.figures.Rounds;
import dev.fanfare.benchmark.process.BaselineServer;
import dev.fanfare.benchmark.process.LoadGenerator;
import dev.fanfare.benchmark.process.LoadGenerator.Devices;
import dev.fanfare.benchmark.process.LoadReport.CaughtUp;
import dev.fanfare.benchmark.process.ProcessCost;
import dev.fanfare.benchmark.product.AppStream;
import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.benchmark.report.Table;
import dev.fanfare.standalone.installation.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All sessions are gone at once, and come back as the SDKs do, for what they missed. */
public final class Storm implements Measurement {

    private static final int SESSIONS = 10_000;
    private static final int SEEN = 20;
    private static final int MISSED = 20;
    private static final int BYTES = 200;
    private static final String APP = "storm";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, double[]> rounds = new LinkedHashMap<>();

    private record Round(CaughtUp back, double cpuMicrosEach) {}

    @Override
    public Finding measure(Bench bench) throws Exception {
        int sessions = bench.settings().sessionsOr(SESSIONS).get(0);
        List<Round> product = new ArrayList<>();
        List<Round> netty = new ArrayList<>();
        long failedAttempts;
        try (Installation installation = bench.installation(ServiceName.DELIVERY);
                BaselineServer baseline = bench.netty();
                AppStream stream = new AppStream(installation, APP)) {
            long pid = installation.pid(ServiceName.DELIVERY);
            List<String> tokens = installation.tokens(APP, sessions);
            try (LoadGenerator devices = bench.devices(Devices.sleeping(installation.edgePort()), tokens);
                    LoadGenerator atNetty = bench.devices(Devices.sleeping(baseline.port()), tokens)) {
                devices.open(sessions);
                atNetty.open(sessions);
                for (int i = -1; i < bench.settings().longRounds(); i++) {
                    devices.awaitBroadcasts(stream.send(SEEN, BYTES), SEEN, PATIENCE);
                    devices.drop();
                    long last = stream.send(MISSED, BYTES) + MISSED - 1;
                    Round round = round(pid, devices, last);
                    atNetty.drop();
                    Round baselineRound = round(baseline.pid(), atNetty, 0);
                    if (i >= 0) {
                        product.add(round);
                        netty.add(baselineRound);
                    }
                }
                failedAttempts = devices.requireClean().failedAttempts();
            }
        }
        add(bench, "Fanfare, caught up", product);
        add(bench, "bare Netty, connected", netty);
        Map<String, String> parameters = bench.parameters();
        parameters.put("sessions", Integer.toString(sessions));
        parameters.put("missed by each", MISSED + " broadcasts of " + BYTES + " B");
        parameters.put("back-off", "full jitter, 0.5 s and up to 0.5 s more at the first attempt");
        parameters.put("rounds", product.size() + " after 1 to warm up");
        parameters.put("lost", "0");
        parameters.put("twice", "0");
        parameters.put("failed attempts", Long.toString(failedAttempts));
        return new Finding(
                parameters,
                new Table(
                        List.of(
                                "server",
                                "all of them after, s",
                                "half of them after, s",
                                "from dial to caught up, p50 ms",
                                "p99 ms",
                                "CPU µs a session"),
                        rows),
                rounds);
    }

    private static Round round(long pid, LoadGenerator devices, long offset) {
        ProcessCost.awaitQuiet(pid);
        long before = ProcessCost.cpuNanos(pid);
        CaughtUp back = devices.reconnect(offset, PATIENCE);
        return new Round(back, (ProcessCost.cpuNanos(pid) - before) / 1e3 / back.sessions());
    }

    private void add(Bench bench, String server, List<Round> measured) {
        Rounds all = Rounds.of(measured, round -> round.back().ns() / 1e9);
        Rounds cpu = Rounds.of(measured, Round::cpuMicrosEach);
        rounds.put(server + ": all after, s", all.values());
        rounds.put(server + ": CPU µs a session", cpu.values());
        List<String> row = List.of(
                server,
                Table.number(all.median()),
                Table.number(
                        Rounds.of(measured, round -> round.back().sinceDrop().p50Micros() / 1e6)
                                .median()),
                Table.number(
                        Rounds.of(measured, round -> round.back().sinceDial().p50Micros() / 1e3)
                                .median()),
                Table.number(
                        Rounds.of(measured, round -> round.back().sinceDial().p99Micros() / 1e3)
                                .median()),
                Table.number(cpu.median()));
        rows.add(row);
        bench.say(String.join("  ", row));
    }
}
