package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.process.BackEnd;
import dev.fanfare.benchmark.process.LoadGenerator;
import dev.fanfare.benchmark.process.LoadGenerator.Devices;
import dev.fanfare.benchmark.process.LoadReport.Latency;
import dev.fanfare.benchmark.process.ProcessCost;
import dev.fanfare.benchmark.product.Audience;
import dev.fanfare.benchmark.product.BenchApp;
import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.benchmark.product.Pushes;
import dev.fanfare.benchmark.report.Table;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.standalone.installation.ServiceName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One message to all users of an app: of ten thousand, and of a million. Some are online, every fifth has a device that
 * reaches its user by a push. The baseline are the same pushes to the same provider by a program that does nothing else.
 */
public final class AllUsers implements Measurement {

    private static final int FEW = 10_000;
    private static final int MANY = 1_000_000;
    private static final int USERS_PER_DEVICE = 5;
    private static final int ONLINE = 1_000;
    private static final int CONTENT_BYTES = 120;
    private static final int BARE_CONNECTIONS = 64;
    private static final int BARE_PUSHES = 20_000;
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, double[]> rounds = new LinkedHashMap<>();

    /** @param registered users of the app so far, who stay */
    private record Job(
            int users, int devices, double lastSessionMillis, double seconds, Map<ServiceName, Long> peaks) {}

    @Override
    public Finding measure(Bench bench) throws Exception {
        try (Installation installation = bench.installation()) {
            Pushes pushes = new Pushes(installation);
            double bare = barePushesPerSecond(bench, pushes);
            // A job first that is not measured: the code is compiled, connections are open.
            job(bench, installation, pushes, FEW);
            Job few = job(bench, installation, pushes, FEW);
            Job many = job(
                    bench,
                    installation,
                    pushes,
                    bench.settings().sessionsOr(MANY).get(0));
            double bareAfter = barePushesPerSecond(bench, pushes);
            add(bench, few, (bare + bareAfter) / 2);
            add(bench, many, (bare + bareAfter) / 2);
        }
        Map<String, String> parameters = bench.parameters();
        parameters.put("online", ONLINE + " users, who have no push device");
        parameters.put("devices", "one user of " + USERS_PER_DEVICE + ", at the fake of FCM");
        parameters.put("bare", "calls.c, " + BARE_CONNECTIONS + " connections, before and after");
        List<String> columns = new ArrayList<>(List.of(
                "users",
                "pushes",
                "call to last session, ms",
                "call to last push, s",
                "users a second",
                "pushes a second",
                "bare, pushes a second",
                "Fanfare / bare"));
        for (ServiceName service : ServiceName.values()) {
            columns.add("peak of " + service.module() + ", MB");
        }
        return new Finding(parameters, new Table(columns, rows), rounds);
    }

    private static Job job(Bench bench, Installation installation, Pushes pushes, int users) throws Exception {
        BenchApp app = BenchApp.create(installation);
        app.pushCredential(Pushes.PROVIDER, pushes.credential());
        bench.say("registering " + users + " users");
        new Audience(installation).register(app.key(), 0, users);
        int devices = users / USERS_PER_DEVICE;
        bench.say("registering " + devices + " devices");
        app.install(ONLINE, Pushes.PROVIDER, pushes.install(devices));
        Pushes.Counts before = pushes.counts();
        installation.awaitQuiet();
        try (LoadGenerator sessions =
                bench.devices(Devices.sleeping(installation.edgePort()), installation.tokens(app.key(), ONLINE))) {
            sessions.open(ONLINE);
            for (ServiceName service : ServiceName.values()) {
                ProcessCost.forgetPeak(installation.pid(service));
            }
            sessions.mark();
            bench.say("telling them");
            long begun = System.nanoTime();
            app.tellAll(CONTENT_BYTES, InApp.WINDOW);
            sessions.awaitTimed(ONLINE, PATIENCE);
            Latency latency = sessions.latency();
            long ended = pushes.await(before.pushes() + devices, PATIENCE);
            installation.awaitQuiet();
            Pushes.Counts counts = pushes.counts();
            // The bare pushes before all go to one device.
            if (counts.pushes() != before.pushes() + devices || counts.again() != before.again()) {
                throw new IllegalStateException(
                        "not one push a device: " + counts + ", expected " + devices + " more than " + before);
            }
            sessions.requireClean();
            return new Job(
                    users, devices, latency.broadcast().maxMicros() / 1e3, (ended - begun) / 1e9, peaks(installation));
        }
    }

    private static Map<ServiceName, Long> peaks(Installation installation) throws IOException {
        Map<ServiceName, Long> peaks = new EnumMap<>(ServiceName.class);
        for (ServiceName service : ServiceName.values()) {
            peaks.put(service, ProcessCost.peakResidentBytes(installation.pid(service)));
        }
        return peaks;
    }

    private static double barePushesPerSecond(Bench bench, Pushes pushes) throws Exception {
        byte[] request = pushes.request(pushes.install(1).get(0));
        try (BackEnd bare = bench.backEnd(pushes.port(), BARE_CONNECTIONS, List.of(request))) {
            bare.call(BARE_PUSHES, 0, PATIENCE);
            return bare.call(BARE_PUSHES, 0, PATIENCE).acceptedPerSecond();
        }
    }

    private void add(Bench bench, Job job, double bare) {
        List<String> row = new ArrayList<>(List.of(
                Table.number(job.users()),
                Table.number(job.devices()),
                Table.number(job.lastSessionMillis()),
                String.format(Locale.ROOT, "%.1f", job.seconds()),
                Table.number(job.users() / job.seconds()),
                Table.number(job.devices() / job.seconds()),
                Table.number(bare),
                String.format(Locale.ROOT, "%.2f", job.devices() / job.seconds() / bare)));
        job.peaks().values().forEach(peak -> row.add(Table.number(peak / 1e6)));
        rows.add(row);
        rounds.put(job.users() + " users, pushes a second", new double[] {job.devices() / job.seconds()});
        bench.say(String.join("  ", row));
    }
}
