package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.figures.Rounds;
import dev.fanfare.benchmark.process.LoadReport.Broadcasts;
import dev.fanfare.benchmark.report.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One broadcast at a time: how fast one core brings it to all sessions. */
public final class FanOut implements Measurement {

    private static final List<Integer> SIZES = List.of(200, 2048);

    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, double[]> rounds = new LinkedHashMap<>();

    @Override
    public Finding measure(Bench bench) throws Exception {
        List<Integer> counts = bench.settings().sessionsOr(1_000, 5_000, 10_000);
        try (ThreeServers servers = ThreeServers.start(bench)) {
            for (int sessions : counts) {
                bench.say(sessions + " sessions at each server");
                try (ThreeServers.Sessions open = servers.open("fanout-" + sessions, sessions)) {
                    for (int size : SIZES) {
                        List<ThreeServers.Round> measured = open.rounds(
                                1,
                                size,
                                1,
                                bench.settings().warmUp(),
                                bench.settings().rounds());
                        add(bench, sessions + " × " + size + " B", measured);
                    }
                    open.requireClean();
                }
            }
        }
        Map<String, String> parameters = bench.parameters();
        parameters.put(
                "rounds",
                bench.settings().rounds() + " after " + bench.settings().warmUp() + " to warm up");
        return new Finding(
                parameters,
                new Table(
                        List.of(
                                "sessions × bytes",
                                "Fanfare, deliveries/s",
                                "first to last, ms",
                                "p90, ms",
                                "CPU µs each",
                                "bare Netty, deliveries/s",
                                "CPU µs each",
                                "C, deliveries/s",
                                "first to last, ms",
                                "CPU µs each",
                                "Fanfare / C",
                                "Fanfare / Netty"),
                        rows),
                rounds);
    }

    private void add(Bench bench, String name, List<ThreeServers.Round> measured) {
        Rounds product = Rounds.of(measured, round -> round.product().deliveriesPerSecond());
        Rounds netty = Rounds.of(measured, round -> round.netty().deliveriesPerSecond());
        Rounds c = Rounds.of(measured, round -> round.c().deliveriesPerSecond());
        Rounds productCpu = Rounds.of(measured, round -> round.product().cpuMicrosEach());
        Rounds nettyCpu = Rounds.of(measured, round -> round.netty().cpuMicrosEach());
        Rounds cCpu = Rounds.of(measured, round -> round.c().cpuMicrosEach());
        Rounds spread = Rounds.of(measured, round -> round.product().arrival().spreadMillis());
        Rounds spreadC = Rounds.of(measured, round -> round.c().arrival().spreadMillis());
        rounds.put(name + ": Fanfare, deliveries/s", product.values());
        rounds.put(name + ": bare Netty, deliveries/s", netty.values());
        rounds.put(name + ": C, deliveries/s", c.values());
        rounds.put(name + ": Fanfare, CPU µs each", productCpu.values());
        rounds.put(name + ": bare Netty, CPU µs each", nettyCpu.values());
        rounds.put(name + ": C, CPU µs each", cCpu.values());
        List<String> row = List.of(
                name,
                Table.number(product.median()),
                Table.number(spread.median()),
                Table.number(spread.quantile(0.9)),
                Table.number(productCpu.median()),
                Table.number(netty.median()),
                Table.number(nettyCpu.median()),
                Table.number(c.median()),
                Table.number(spreadC.median()),
                Table.number(cCpu.median()),
                Bench.times(product.over(c)),
                Bench.times(product.over(netty)));
        rows.add(row);
        bench.say(String.join("  ", row));
    }

    /** What one server did with some broadcasts. */
    record Delivery(Broadcasts arrival, double cpuMicros) {

        double deliveriesPerSecond() {
            return arrival.deliveriesPerSecond();
        }

        double cpuMicrosEach() {
            return cpuMicros / arrival.received();
        }
    }
}
