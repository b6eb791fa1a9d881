package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.figures.Rounds;
import dev.fanfare.benchmark.measure.ThreeServers.Round;
import dev.fanfare.benchmark.process.LoadReport.Stats;
import dev.fanfare.benchmark.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Many broadcasts back to back: how much one core brings to its sessions when nobody waits for anybody. */
public final class Burst implements Measurement {

    private static final List<Integer> SIZES = List.of(200, 2048);
    private static final int BYTES_PER_SESSION = 1024 * 1024;
    /** Of the baselines; each broadcast has an envelope around its data. */
    private static final int WRITE_BYTES = 64 * 1024;

    private static final int ENVELOPE_BYTES = 70;
    /** Until then the compilers of both JVMs take as much of the core as the bursts do. */
    private static final int WARM_UP = 60;

    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, double[]> rounds = new LinkedHashMap<>();

    @Override
    public Finding measure(Bench bench) throws Exception {
        int repetitions = bench.settings().longRounds();
        try (ThreeServers servers = ThreeServers.start(bench)) {
            for (int sessions : bench.settings().sessionsOr(1_000)) {
                try (ThreeServers.Sessions open = servers.open("burst-" + sessions, sessions)) {
                    for (int size : SIZES) {
                        int count = BYTES_PER_SESSION / size;
                        int batch = WRITE_BYTES / (size + ENVELOPE_BYTES);
                        add(
                                bench,
                                sessions + " × " + count + " × " + size + " B",
                                open.rounds(count, size, batch, WARM_UP, repetitions));
                    }
                    Stats stats = open.requireClean();
                    if (stats.closed() > 0) {
                        bench.say(stats.closed() + " times a session was cut as slow, and came back");
                    }
                }
            }
        }
        Map<String, String> parameters = bench.parameters();
        parameters.put("rounds", repetitions + " after " + WARM_UP + " to warm up");
        parameters.put("one write of the baselines", WRITE_BYTES / 1024 + " KiB");
        return new Finding(
                parameters,
                new Table(
                        List.of(
                                "sessions × broadcasts × bytes",
                                "Fanfare, deliveries/s",
                                "CPU µs each",
                                "bare Netty, deliveries/s",
                                "CPU µs each",
                                "C, deliveries/s",
                                "CPU µs each",
                                "Fanfare / C",
                                "Fanfare / Netty",
                                "CPU, Fanfare / C",
                                "CPU, Fanfare / Netty"),
                        rows),
                rounds);
    }

    private void add(Bench bench, String name, List<Round> measured) {
        Rounds product = Rounds.of(measured, round -> round.product().deliveriesPerSecond());
        Rounds netty = Rounds.of(measured, round -> round.netty().deliveriesPerSecond());
        Rounds c = Rounds.of(measured, round -> round.c().deliveriesPerSecond());
        Rounds productCpu = Rounds.of(measured, round -> round.product().cpuMicrosEach());
        Rounds nettyCpu = Rounds.of(measured, round -> round.netty().cpuMicrosEach());
        Rounds cCpu = Rounds.of(measured, round -> round.c().cpuMicrosEach());
        rounds.put(name + ": Fanfare, deliveries/s", product.values());
        rounds.put(name + ": bare Netty, deliveries/s", netty.values());
        rounds.put(name + ": C, deliveries/s", c.values());
        rounds.put(name + ": Fanfare, CPU µs each", productCpu.values());
        rounds.put(name + ": bare Netty, CPU µs each", nettyCpu.values());
        rounds.put(name + ": C, CPU µs each", cCpu.values());
        List<String> row = List.of(
                name,
                Table.number(product.median()),
                Table.number(productCpu.median()),
                Table.number(netty.median()),
                Table.number(nettyCpu.median()),
                Table.number(c.median()),
                Table.number(cCpu.median()),
                Bench.times(product.over(c)),
                Bench.times(product.over(netty)),
                Bench.times(productCpu.over(cCpu)),
                Bench.times(productCpu.over(nettyCpu)));
        rows.add(row);
        bench.say(String.join("  ", row));
    }
}
