package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.measure.FanOut.Delivery;
import dev.fanfare.benchmark.process.BaselineServer;
import dev.fanfare.benchmark.process.LoadGenerator;
import dev.fanfare.benchmark.process.LoadGenerator.Devices;
import dev.fanfare.benchmark.process.LoadReport.Broadcasts;
import dev.fanfare.benchmark.process.LoadReport.Stats;
import dev.fanfare.benchmark.process.ProcessCost;
import dev.fanfare.benchmark.product.AppStream;
import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.standalone.installation.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The product and the two baselines, on the same core, one at a time. */
final class ThreeServers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int USERS = 1_000;

    private final Bench bench;
    private final Installation installation;
    private final BaselineServer netty;
    private final BaselineServer c;
    private final long pid;

    private ThreeServers(Bench bench, Installation installation, BaselineServer netty, BaselineServer c)
            throws Exception {
        this.bench = bench;
        this.installation = installation;
        this.netty = netty;
        this.c = c;
        this.pid = installation.pid(ServiceName.DELIVERY);
    }

    static ThreeServers start(Bench bench) throws Exception {
        return new ThreeServers(bench, bench.installation(ServiceName.DELIVERY), bench.netty(), bench.c());
    }

    /** Some broadcasts by each of the three, one server after the other. */
    record Round(Delivery product, Delivery netty, Delivery c) {}

    /** @param app that nobody has used before: a session would begin with what was sent to it */
    Sessions open(String app, int sessions) {
        return new Sessions(app, sessions);
    }

    @Override
    public void close() {
        c.close();
        netty.close();
        installation.close();
    }

    /** The same number of sessions at each server. */
    final class Sessions implements AutoCloseable {

        private final AppStream stream;
        private final LoadGenerator atProduct;
        private final LoadGenerator atNetty;
        private final LoadGenerator atC;

        private Sessions(String app, int sessions) {
            List<String> tokens = installation.tokens(app, USERS);
            stream = new AppStream(installation, app);
            atProduct = bench.devices(Devices.spinning(installation.edgePort()), tokens);
            atNetty = bench.devices(Devices.spinning(netty.port()), tokens);
            atC = bench.devices(Devices.spinning(c.port()), tokens);
            for (LoadGenerator devices : List.of(atProduct, atNetty, atC)) {
                devices.open(sessions);
            }
            ProcessCost.awaitQuiet(pid);
        }

        /** @param batch how many broadcasts the baselines write at once */
        List<Round> rounds(int count, int bytes, int batch, int warmUp, int measured) throws Exception {
            List<Round> rounds = new ArrayList<>();
            for (int i = -warmUp; i < measured; i++) {
                Round round = new Round(
                        delivery(pid, atProduct, count, () -> stream.send(count, bytes)),
                        delivery(netty.pid(), atNetty, count, () -> netty.send(count, bytes, batch)),
                        delivery(c.pid(), atC, count, () -> c.send(count, bytes, batch)));
                if (i >= 0) {
                    rounds.add(round);
                }
            }
            return rounds;
        }

        private Delivery delivery(long server, LoadGenerator devices, int count, Sending sending) throws Exception {
            long before = ProcessCost.cpuNanos(server);
            Broadcasts arrival = devices.awaitBroadcasts(sending.send(), count, PATIENCE);
            return new Delivery(arrival, (ProcessCost.cpuNanos(server) - before) / 1e3);
        }

        Stats requireClean() {
            return atProduct.requireClean();
        }

        @Override
        public void close() {
            atC.close();
            atNetty.close();
            atProduct.close();
            stream.close();
        }
    }

    @FunctionalInterface
    private interface Sending {

        /** @return the offset of the first broadcast */
        long send() throws Exception;
    }
}
