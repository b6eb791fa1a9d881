package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.measure.Measurement.Finding;
import dev.fanfare.benchmark.process.BackEnd;
import dev.fanfare.benchmark.process.BackEnd.Called;
import dev.fanfare.benchmark.process.LoadGenerator;
import dev.fanfare.benchmark.process.LoadGenerator.Devices;
import dev.fanfare.benchmark.process.LoadReport.Numbers;
import dev.fanfare.benchmark.process.LoadReport.Quantiles;
import dev.fanfare.benchmark.process.LoadReport.Stats;
import dev.fanfare.benchmark.process.LoadReport.Tally;
import dev.fanfare.benchmark.product.BenchApp;
import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.benchmark.report.Table;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Steady traffic of all kinds through an installation with two processes of every service, to which something is done
 * meanwhile. Nothing may be lost, come twice or out of order, and no call be refused.
 */
final class Traffic {

    static final int NODES = 2;
    private static final int SESSIONS = 10_000;
    private static final int CONTENT_BYTES = 120;
    private static final int RECIPIENTS = 10;
    private static final int MEMBERS = 100;

    /** What twelve processes do with half of two cores: a start needs the rest. */
    private static final int BROADCASTS_PER_SECOND = 1;

    private static final int TEMPLATES_PER_SECOND = 10;
    private static final int GROUPS_PER_SECOND = 3;
    /** One at a time, so that broadcasts have an order. The others have it by user and by group. */
    private static final int BROADCAST_CONNECTIONS = 1;

    private static final int TEMPLATE_CONNECTIONS = 16;
    private static final int GROUP_CONNECTIONS = 2;

    private static final int MOST_SECONDS = 1_800;
    /**
     * Messages to users and groups for each session, before the first restart and after the last: so many that each
     * device has one of its group, whose number the next is held against.
     */
    private static final int AROUND = 2;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** What a device may see of group status messages, which no inbox and no window keeps. */
    enum Moments {
        ONCE,
        /** A node that dies has told what its successor tells again, and nobody knows what a session of before had. */
        MAY_COME_AGAIN
    }

    private final Moments moments;

    Traffic(Moments moments) {
        this.moments = moments;
    }

    /** What is done to the installation while the traffic goes on. */
    interface Disturbance {

        /**
         * Returns when all nodes serve again.
         *
         * @param round for the reader of the table: what was done, in what time
         */
        void on(Bench bench, Installation installation, Map<String, String> round)
                throws IOException, InterruptedException;
    }

    Finding during(Disturbance disturbance, Bench bench) throws IOException, InterruptedException {
        int sessions = bench.settings().sessionsOr(SESSIONS).get(0);
        try (Installation installation = bench.installation(NODES)) {
            BenchApp app = BenchApp.create(installation);
            List<byte[]> groupCalls = new ArrayList<>();
            for (int from = 0; from < sessions; from += MEMBERS) {
                app.createGroup("group-" + from, from, Math.min(sessions, from + MEMBERS));
                groupCalls.add(app.groupStatus("group-" + from, CONTENT_BYTES));
            }
            List<byte[]> templateCalls = app.templates(0, sessions, RECIPIENTS, CONTENT_BYTES);
            List<byte[]> broadcastCalls = List.of(app.broadcast(CONTENT_BYTES));
            Devices at = Devices.sleeping(installation.edgePort());
            try (LoadGenerator devices = bench.devices(at, installation.tokens(app.key(), sessions));
                    BackEnd broadcasts = bench.backEnd(installation, BROADCAST_CONNECTIONS, broadcastCalls);
                    BackEnd templates =
                            bench.backEnd(installation, atMost(TEMPLATE_CONNECTIONS, templateCalls), templateCalls);
                    BackEnd groups = bench.backEnd(installation, atMost(GROUP_CONNECTIONS, groupCalls), groupCalls)) {
                devices.number();
                devices.open(sessions);
                bench.say(sessions + " sessions are open");
                begin(broadcasts, BROADCASTS_PER_SECOND);
                begin(templates, TEMPLATES_PER_SECOND);
                begin(groups, GROUPS_PER_SECOND);
                awaitSome(devices, sessions);
                Map<String, String> round = new LinkedHashMap<>();
                disturbance.on(bench, installation, round);
                awaitSome(devices, sessions);
                Called broadcast = broadcasts.stop();
                Called template = templates.stop();
                Called group = groups.stop();
                devices.awaitWhole(broadcast.accepted(), template.accepted() * RECIPIENTS, PATIENCE);
                return finding(bench, sessions, round, devices, List.of(broadcast, template, group));
            }
        }
    }

    /** No more than there are different calls: each of them follows itself. */
    private static int atMost(int connections, List<byte[]> calls) {
        return Math.min(connections, calls.size());
    }

    private static void begin(BackEnd backEnd, int perSecond) {
        backEnd.begin(MOST_SECONDS * perSecond, perSecond, Duration.ofSeconds(MOST_SECONDS));
    }

    private static void awaitSome(LoadGenerator devices, int sessions) {
        devices.mark();
        devices.awaitPersonal(AROUND * sessions, PATIENCE);
    }

    private Finding finding(
            Bench bench, int sessions, Map<String, String> round, LoadGenerator devices, List<Called> calls) {
        Numbers numbers = devices.numbers();
        Stats stats = devices.stats();
        long personalDue = calls.get(1).accepted() * RECIPIENTS;
        add(bench, "broadcast", calls.get(0), numbers.broadcasts(), calls.get(0).accepted() * sessions, Moments.ONCE);
        add(bench, "template", calls.get(1), numbers.personal(), personalDue, Moments.ONCE);
        add(bench, "group status", calls.get(2), numbers.group(), 0, moments);
        Quantiles away = numbers.interruptions();
        bench.say("interruptions " + away + ", " + stats);
        if (!faults.isEmpty() || !stats.isClean() || stats.live() != sessions) {
            throw new IllegalStateException("it was noticed: " + String.join("; ", faults) + "; " + stats);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("sessions", sessions + ", each of a user of its own");
        parameters.put(
                "processes",
                NODES + " of every service, heap 384m, compiled by C1 alone, and as many relays before them");
        parameters.put(
                "interruption of a session",
                Table.number(away.count()) + ", p50 " + seconds(away.p50Micros()) + ", p99 " + seconds(away.p99Micros())
                        + ", longest " + seconds(away.maxMicros()));
        parameters.putAll(round);
        parameters.put(
                "load",
                "each second " + BROADCASTS_PER_SECOND + " broadcast, " + TEMPLATES_PER_SECOND + " template calls to "
                        + RECIPIENTS + " users each, " + GROUPS_PER_SECOND + " group status calls to groups of "
                        + MEMBERS);
        return new Finding(
                parameters,
                new Table(
                        List.of(
                                "message",
                                "calls",
                                "refused or cut",
                                "p99 of a call, ms",
                                "longest, ms",
                                "received",
                                "lost",
                                "twice",
                                "out of order",
                                "due while away"),
                        rows),
                Map.of(
                        "interruption, µs: p50, p99, longest",
                        new double[] {away.p50Micros(), away.p99Micros(), away.maxMicros()}));
    }

    /** @param due 0 for messages to those who are connected, which nobody can know */
    private void add(Bench bench, String name, Called called, Tally tally, long due, Moments comes) {
        // One that came after all had been excused before.
        long missed = comes == Moments.ONCE ? tally.missed() : Math.max(0, tally.missed());
        long lost = missed + Math.max(0, due - tally.received() - tally.missed());
        long disorder = comes == Moments.ONCE ? tally.repeated() + tally.late() : 0;
        List<String> row = List.of(
                name,
                Table.number(called.accepted()),
                Long.toString(called.refused() + called.cut()),
                Table.number(called.times().p99Micros() / 1000),
                Table.number(called.times().maxMicros() / 1000),
                Table.number(tally.received()),
                Long.toString(lost),
                Long.toString(tally.repeated()),
                Long.toString(tally.late()),
                due == 0 ? Long.toString(tally.away()) : "");
        rows.add(row);
        bench.say(String.join("  ", row));
        if (called.refused() + called.cut() + lost + disorder > 0) {
            faults.add(name + ": " + called + ", lost " + lost + ", " + tally);
        }
    }

    private static String seconds(double micros) {
        return String.format(Locale.ROOT, "%.2f s", micros / 1e6);
    }
}
