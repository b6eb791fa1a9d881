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

/** One broadcast at a time: how fast one core brings it to all sessions. */
public final class FanOut implements Measurement {

    private static final List<Integer> SIZES = List.of(200, 2048);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, double[]> rounds = new LinkedHashMap<>();

    /** The same broadcast by each of the three, one after the other. */
    private record Round(Broadcasts product, Broadcasts netty, Broadcasts c) {}

    @Override
    public Finding measure(Bench bench) throws Exception {
        Cores cores = Cores.pinned();
        List<Integer> counts = bench.settings().sessionsOr(1_000, 5_000, 10_000);
        try (Installation installation = bench.installation(cores, ServiceName.DELIVERY, Bench.ONE_LOOP);
                BaselineServer c = bench.cBaseline(cores);
                BaselineServer netty = bench.nettyBaseline(cores)) {
            for (int sessions : counts) {
                String app = "fanout-" + sessions;
                bench.say(sessions + " sessions at each server");
                try (Trio trio = new Trio(bench, cores, installation, app, c, netty)) {
                    trio.open(sessions);
                    for (int size : SIZES) {
                        measure(bench, trio, sessions, size);
                    }
                    trio.product.requireClean();
                }
            }
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("rounds", bench.settings().rounds() + " after " + bench.settings().warmUp() + " to warm up");
        parameters.put("cores", cores.toString());
        parameters.put("JVM", bench.settings().jvm());
        return new Finding(
                parameters,
                new Table(
                        List.of(
                                "sessions, bytes",
                                "Fanfare, deliveries/s",
                                "first to last, ms",
                                "p99, ms",
                                "bare Netty, deliveries/s",
                                "C, deliveries/s",
                                "C, first to last, ms",
                                "Fanfare / C",
                                "Fanfare / Netty"),
                        rows),
                rounds);
    }

    private void measure(Bench bench, Trio trio, int sessions, int size) throws Exception {
        List<Round> measured = new ArrayList<>();
        for (int i = -bench.settings().warmUp(); i < bench.settings().rounds(); i++) {
            Round round = trio.round(size);
            if (i >= 0) {
                measured.add(round);
            }
        }
        Rounds product = Rounds.of(measured, round -> round.product().deliveriesPerSecond());
        Rounds netty = Rounds.of(measured, round -> round.netty().deliveriesPerSecond());
        Rounds c = Rounds.of(measured, round -> round.c().deliveriesPerSecond());
        Rounds spread = Rounds.of(measured, round -> round.product().spreadMillis());
        Rounds spreadC = Rounds.of(measured, round -> round.c().spreadMillis());
        String name = sessions + " × " + size + " B";
        rounds.put(name + ": product", product.values());
        rounds.put(name + ": netty", netty.values());
        rounds.put(name + ": c", c.values());
        List<String> row = List.of(
                name,
                Table.number(product.median()),
                Table.number(spread.median()),
                Table.number(spread.quantile(0.99)),
                Table.number(netty.median()),
                Table.number(c.median()),
                Table.number(spreadC.median()),
                Bench.times(product.over(c)),
                Bench.times(product.over(netty)));
        rows.add(row);
        bench.say(String.join("  ", row));
    }

    /** The same number of devices at each of the three servers. */
    private static final class Trio implements AutoCloseable {

        private final AppStream stream;
        private final BaselineServer c;
        private final BaselineServer netty;
        private final LoadGenerator product;
        private final LoadGenerator atC;
        private final LoadGenerator atNetty;

        Trio(
                Bench bench,
                Cores cores,
                Installation installation,
                String app,
                BaselineServer c,
                BaselineServer netty) {
            this.c = c;
            this.netty = netty;
            List<String> tokens = installation.tokens(app, 1000);
            stream = new AppStream(installation, app);
            product = bench.devices(cores, Devices.spinning(installation.edgePort()), tokens);
            atC = bench.devices(cores, Devices.spinning(c.port()), tokens);
            atNetty = bench.devices(cores, Devices.spinning(netty.port()), tokens);
        }

        void open(int sessions) {
            product.open(sessions);
            atC.open(sessions);
            atNetty.open(sessions);
        }

        Round round(int size) throws Exception {
            return new Round(
                    product.awaitBroadcasts(stream.send(1, size), 1, PATIENCE),
                    atNetty.awaitBroadcasts(netty.send(1, size, 1), 1, PATIENCE),
                    atC.awaitBroadcasts(c.send(1, size, 1), 1, PATIENCE));
        }

        @Override
        public void close() {
            atNetty.close();
            atC.close();
            product.close();
            stream.close();
        }
    }
}
