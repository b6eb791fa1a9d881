package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.figures.Rounds;
import dev.fanfare.benchmark.process.BaselineServer;
import dev.fanfare.benchmark.process.LiveMemory;
import dev.fanfare.benchmark.process.LoadGenerator;
import dev.fanfare.benchmark.process.LoadGenerator.Devices;
import dev.fanfare.benchmark.process.LoadReport.Opened;
import dev.fanfare.benchmark.process.ProcessCost;
import dev.fanfare.benchmark.product.AppStream;
import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.benchmark.report.Table;
import dev.fanfare.standalone.installation.ServiceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a session costs: memory while it is idle, and processor time to open it. */
public final class Memory implements Measurement {

    /** What fits under a hard limit of 20,000 open files for the server as well as for the devices. */
    private static final int SESSIONS = 18_000;

    private static final int WARM_UP_SESSIONS = 2_000;
    private static final int MISSED = 10;
    private static final int MISSED_BYTES = 200;
    private static final String APP = "memory";
    /** A heap as large as what is alive in it, so that resident memory tells something. */
    private static final String[] JVM_OPTIONS = {
        LiveMemory.JVM_OPTION, "-Xms8m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=20"
    };

    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, double[]> rounds = new LinkedHashMap<>();

    /** All per session. */
    private record Round(
            double liveBytes, double heapBytes, double residentBytes, double openCpuMicros, double perSecond) {}

    @Override
    public Finding measure(Bench bench) throws Exception {
        int sessions = bench.settings().sessionsOr(SESSIONS).get(0);
        List<Round> product = new ArrayList<>();
        List<Round> netty = new ArrayList<>();
        try (Installation installation = bench.installation(ServiceName.DELIVERY, JVM_OPTIONS);
                AppStream stream = new AppStream(installation, APP);
                BaselineServer baseline = bench.netty(JVM_OPTIONS)) {
            List<String> tokens = installation.tokens(APP, sessions);
            stream.send(MISSED, MISSED_BYTES);
            long pid = installation.pid(ServiceName.DELIVERY);
            round(bench, WARM_UP_SESSIONS, installation.edgePort(), pid, tokens);
            round(bench, WARM_UP_SESSIONS, baseline.port(), baseline.pid(), tokens);
            for (int i = 0; i < bench.settings().longRounds(); i++) {
                product.add(round(bench, sessions, installation.edgePort(), pid, tokens));
                netty.add(round(bench, sessions, baseline.port(), baseline.pid(), tokens));
            }
        }
        add(bench, "Fanfare", product);
        add(bench, "bare Netty", netty);
        Map<String, String> parameters = bench.parameters();
        parameters.put("sessions", sessions + ", each of a user of its own, one server at a time");
        parameters.put("catch-up of each", MISSED + " broadcasts of " + MISSED_BYTES + " B");
        parameters.put("rounds", product.size() + " after one with " + WARM_UP_SESSIONS + " sessions to warm up");
        return new Finding(
                parameters,
                new Table(
                        List.of(
                                "server",
                                "heap + direct, bytes a session",
                                "of it heap",
                                "growth of resident memory, bytes a session",
                                "opening, CPU ms a session",
                                "opened a second"),
                        rows),
                rounds);
    }

    private static Round round(Bench bench, int sessions, int port, long pid, List<String> tokens) throws Exception {
        String javaHome = bench.settings().javaHome();
        ProcessCost.awaitQuiet(pid);
        LiveMemory before = LiveMemory.of(javaHome, pid);
        try (LoadGenerator devices = bench.devices(Devices.sleeping(port), tokens)) {
            double cpuBefore = ProcessCost.cpuMillis(pid);
            Opened opened = devices.open(sessions);
            double cpu = ProcessCost.cpuMillis(pid) - cpuBefore;
            ProcessCost.awaitQuiet(pid);
            LiveMemory after = LiveMemory.of(javaHome, pid);
            devices.requireClean();
            double heap = after.heapBytes() - before.heapBytes();
            double direct = after.directBytes() - before.directBytes();
            return new Round(
                    (heap + direct) / sessions,
                    heap / sessions,
                    (double) (after.residentBytes() - before.residentBytes()) / sessions,
                    cpu * 1000 / sessions,
                    sessions * 1e9 / opened.ns());
        }
    }

    private void add(Bench bench, String server, List<Round> measured) {
        Rounds live = Rounds.of(measured, Round::liveBytes);
        Rounds heap = Rounds.of(measured, Round::heapBytes);
        Rounds resident = Rounds.of(measured, Round::residentBytes);
        Rounds open = Rounds.of(measured, Round::openCpuMicros);
        Rounds perSecond = Rounds.of(measured, Round::perSecond);
        rounds.put(server + ": heap + direct, bytes", live.values());
        rounds.put(server + ": resident, bytes", resident.values());
        rounds.put(server + ": opening, CPU µs", open.values());
        List<String> row = List.of(
                server,
                Table.number(live.median()),
                Table.number(heap.median()),
                Table.number(resident.median()),
                Table.number(open.median() / 1000),
                Table.number(perSecond.median()));
        rows.add(row);
        bench.say(String.join("  ", row));
    }
}
