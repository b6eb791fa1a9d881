package dev.fanfare.benchmark.kills;

import dev.fanfare.benchmark.kills.Account.Kind;
import dev.fanfare.benchmark.measure.Bench;
import dev.fanfare.benchmark.measure.Measurement;
import dev.fanfare.benchmark.product.Audience;
import dev.fanfare.benchmark.product.BenchApp;
import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.benchmark.product.Pushes;
import dev.fanfare.benchmark.product.ServiceNode;
import dev.fanfare.benchmark.report.Table;
import dev.fanfare.contracts.delivery.InApp;
import dev.fanfare.standalone.installation.ServiceName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Nodes of broadcast-service and delivery-service, two of each, are killed and come back while one message goes to all
 * users of an app, with a push to every fifth, who has a device. It measures nothing: it fails if a device got no push, or
 * two of different ids, or if an app that is open, or is opened afterwards, does not show the message once.
 */
public final class AllUsersKills implements Measurement {

    private static final int USERS = 300_000;
    private static final int USERS_PER_DEVICE = 5;
    private static final int CONTENT_BYTES = 120;
    /** Users with the app open, who have no device, and as many with a device who open the app afterwards. */
    private static final int WITNESSES = 50;

    private static final int KILLS = 12;
    private static final long CONNECT_SECONDS = 60;
    private static final long LOOK_NANOS = 250_000_000;
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration SETTLING = Duration.ofMinutes(1);

    @Override
    public Finding measure(Bench bench) throws Exception {
        int users = bench.settings().sessionsOr(USERS).get(0);
        int devices = users / USERS_PER_DEVICE;
        long seed = bench.settings().seed();
        List<Recipient> witnesses = new ArrayList<>();
        try (Installation installation = bench.infrastructure();
                Nodes nodes =
                        Nodes.start(bench.home(), installation, Set.of(ServiceName.BROADCAST, ServiceName.DELIVERY));
                DeviceNetwork network = new DeviceNetwork(nodes.edgePorts())) {
            BenchApp app = BenchApp.create(installation);
            Pushes pushes = new Pushes(installation);
            app.pushCredential(pushes.provider(), pushes.credential());
            bench.say("seed " + seed + ", registering " + users + " users and " + devices + " devices");
            new Audience(installation).register(app.key(), 0, users);
            app.install(WITNESSES, pushes.provider(), pushes.install(devices));
            witnesses.addAll(witnesses(installation.tokens(app.key(), 2 * WITNESSES)));
            open(Kind.ONLINE, witnesses, network);

            bench.say("telling them");
            long begun = System.nanoTime();
            String messageUid = app.tellAll(CONTENT_BYTES, InApp.KEPT);
            witnesses.forEach(each -> each.sent(messageUid, false));
            List<ServiceNode> victims = new ArrayList<>(nodes.of(ServiceName.BROADCAST));
            victims.addAll(nodes.of(ServiceName.DELIVERY));
            Killer killer = new Killer(victims, seed, devices / KILLS, bench::say);
            awaitPushes(pushes, devices, killer);
            double seconds = (System.nanoTime() - begun) / 1e9;
            int kills = killer.end();
            nodes.awaitReady();

            open(Kind.OFFLINE, witnesses, network);
            await(() -> balance(witnesses).isEven());
            awaitBooks(app, messageUid, devices);
            Pushes.Counts counts = pushes.counts();
            Balance balance = balance(witnesses);
            if (!balance.isEven() || counts.pushes() - counts.again() != devices) {
                throw new IllegalStateException(counts + " of " + devices + " devices; " + balance);
            }
            Map<String, String> parameters = bench.parameters();
            parameters.put("seed", Long.toString(seed));
            parameters.put(
                    "nodes",
                    "two of broadcast-service and two of delivery-service, which are killed, one of each other");
            parameters.put(
                    "apps", WITNESSES + " open all the time, and " + WITNESSES + " with a device opened afterwards");
            return new Finding(
                    parameters,
                    table(users, devices, kills, counts, balance, seconds),
                    Map.of("kills", new double[] {kills}));
        } finally {
            witnesses.parallelStream().forEach(Recipient::close);
        }
    }

    private static Table table(
            int users, int devices, int kills, Pushes.Counts counts, Balance balance, double seconds) {
        return new Table(
                List.of(
                        "users",
                        "devices",
                        "kills",
                        "devices without a push",
                        "pushes that came again under the same collapse id",
                        "apps",
                        "missing in the app",
                        "twice",
                        "call to last push, s"),
                List.of(List.of(
                        Table.number(users),
                        Table.number(devices),
                        Integer.toString(kills),
                        Long.toString(devices - counts.pushes() + counts.again()),
                        Long.toString(counts.again()),
                        Integer.toString(balance.users()),
                        Integer.toString(balance.missing()),
                        Integer.toString(balance.twice()),
                        Table.number(seconds))));
    }

    private static List<Recipient> witnesses(List<String> tokens) {
        List<Recipient> witnesses = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Kind kind = i < WITNESSES ? Kind.ONLINE : Kind.OFFLINE;
            witnesses.add(new Recipient(kind, "user-" + i, "phone-" + i, tokens.get(i), Pushes.PROVIDER, ""));
        }
        return witnesses;
    }

    private static void open(Kind kind, List<Recipient> witnesses, DeviceNetwork network) throws InterruptedException {
        List<Recipient> those =
                witnesses.stream().filter(each -> each.kind() == kind).toList();
        those.forEach(each -> each.open(network.uri()));
        for (Recipient each : those) {
            each.awaitConnected(CONNECT_SECONDS);
        }
    }

    private static Balance balance(List<Recipient> witnesses) {
        return Balance.of(witnesses.stream().map(each -> each.account(Set.of())).toList());
    }

    /** Returns when every device has one, or the time is over; the killer goes by how many have. */
    private static void awaitPushes(Pushes pushes, int devices, Killer killer)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long reached = 0;
        while (reached < devices && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_NANOS);
            Pushes.Counts counts = pushes.counts();
            reached = counts.pushes() - counts.again();
            killer.onAccepted((int) reached);
        }
    }

    /** Returns when the ledger tells of each push: no job is left then that could push again. */
    private static void awaitBooks(BenchApp app, String messageUid, int devices)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + SETTLING.toNanos();
        long pushed = Books.pushed(app.backEnd(), messageUid);
        while (pushed != devices) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the ledger tells of " + pushed + " pushes to " + devices + " devices");
            }
            LockSupport.parkNanos(LOOK_NANOS);
            pushed = Books.pushed(app.backEnd(), messageUid);
        }
    }

    private static void await(BooleanSupplier settled) {
        long deadline = System.nanoTime() + SETTLING.toNanos();
        while (!settled.getAsBoolean() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
