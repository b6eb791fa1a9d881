package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.figures.Rounds;
import dev.fanfare.benchmark.process.BaselineServer;
import dev.fanfare.benchmark.process.Cores;
import dev.fanfare.benchmark.process.LoadGenerator;
import dev.fanfare.benchmark.process.LoadGenerator.Devices;
import dev.fanfare.benchmark.process.LoadReport.Broadcasts;
import dev.fanfare.benchmark.product.AppStream;
import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.benchmark.report.Table;
import dev.fanfare.standalone.installation.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Many broadcasts back to back: how much one core brings to its sessions when nobody waits for anybody. */
public final class Burst implements Measurement {

    private static final int WRITE_BYTES = 64 * 1024;
    private static final int ENVELOPE_BYTES = 70;
    private static final int BYTES_PER_SESSION = 1024 * 1024;
    private static final List<Integer> SIZES = List.of(200, 2048);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, double[]> rounds = new LinkedHashMap<>();

    private record Round(Broadcasts product, Broadcasts netty, Broadcasts c) {}

    @Override
    public Finding measure(Bench bench) throws Exception {
        Cores cores = Cores.pinned();
        try (Installation installation = bench.installation(cores, ServiceName.DELIVERY, Bench.ONE_LOOP);
                BaselineServer c = bench.cBaseline(cores);
                BaselineServer netty = bench.nettyBaseline(cores)) {
            for (int sessions : bench.settings().sessionsOr(1_000)) {
                String app = "burst-" + sessions;
                List<String> tokens = installation.tokens(app, 1000);
                try (AppStream stream = new AppStream(installation, app);
                        LoadGenerator product =
                                bench.devices(cores, Devices.spinning(installation.edgePort()), tokens);
                        LoadGenerator atC = bench.devices(cores, Devices.spinning(c.port()), tokens);
                        LoadGenerator atNetty = bench.devices(cores, Devices.spinning(netty.port()), tokens)) {
                    product.open(sessions);
                    atC.open(sessions);
                    atNetty.open(sessions);
                    for (int size : SIZES) {
                        int count = BYTES_PER_SESSION / size;
                        int batch = WRITE_BYTES / (size + ENVELOPE_BYTES);
                        List<Round> measured = new ArrayList<>();
                        // A burst is thousands of broadcasts: a few of them warm up.
                        int warmUp = Math.min(10, bench.settings().warmUp());
                        int repetitions = Math.max(3, bench.settings().rounds() / 5);
                        for (int i = -warmUp; i < repetitions; i++) {
                            Round round = new Round(
                                    product.awaitBroadcasts(stream.send(count, size), count, PATIENCE),
                                    atNetty.awaitBroadcasts(netty.send(count, size, batch), count, PATIENCE),
                                    atC.awaitBroadcasts(c.send(count, size, batch), count, PATIENCE));
                            if (i >= 0) {
                                measured.add(round);
                            }
                        }
                        add(bench, sessions + " × " + count + " × " + size + " B", measured);
                    }
                    long closed = product.requireClean().closed();
                    if (closed > 0) {
                        bench.say(closed + " sessions were cut as slow, and came back");
                    }
                }
            }
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("bytes in one write of the baselines", Integer.toString(WRITE_BYTES));
        parameters.put("cores", cores.toString());
        parameters.put("JVM", bench.settings().jvm());
        return new Finding(
                parameters,
                new Table(
                        List.of(
                                "sessions, broadcasts, bytes",
                                "Fanfare, deliveries/s",
                                "bare Netty, deliveries/s",
                                "C, deliveries/s",
                                "Fanfare / C",
                                "Fanfare / Netty"),
                        rows),
                rounds);
    }

    private void add(Bench bench, String name, List<Round> measured) {
        Rounds product = Rounds.of(measured, round -> round.product().deliveriesPerSecond());
        Rounds netty = Rounds.of(measured, round -> round.netty().deliveriesPerSecond());
        Rounds c = Rounds.of(measured, round -> round.c().deliveriesPerSecond());
        rounds.put(name + ": product", product.values());
        rounds.put(name + ": netty", netty.values());
        rounds.put(name + ": c", c.values());
        List<String> row = List.of(
                name,
                Table.number(product.median()),
                Table.number(netty.median()),
                Table.number(c.median()),
                Bench.times(product.over(c)),
                Bench.times(product.over(netty)));
        rows.add(row);
        bench.say(String.join("  ", row));
    }
}
