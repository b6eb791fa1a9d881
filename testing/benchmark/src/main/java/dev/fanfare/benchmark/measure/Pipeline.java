package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.figures.Rounds;
import dev.fanfare.benchmark.process.BackEnd;
import dev.fanfare.benchmark.process.BackEnd.Called;
import dev.fanfare.benchmark.process.KafkaBaseline;
import dev.fanfare.benchmark.process.LoadGenerator;
import dev.fanfare.benchmark.process.LoadGenerator.Devices;
import dev.fanfare.benchmark.process.LoadReport.Personal;
import dev.fanfare.benchmark.product.BenchApp;
import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.benchmark.report.Table;
import dev.fanfare.contracts.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many messages a second go the whole way, from accepted calls to sockets. */
public final class Pipeline implements Measurement {

    private static final int SESSIONS = 1_000;
    private static final int RECIPIENTS = 100;
    private static final int CALLS = 100;
    private static final int CONTENT_BYTES = 120;
    /** As many as there are different calls: each of them follows itself. */
    private static final int CONNECTIONS = SESSIONS / RECIPIENTS;

    private static final int WARM_UP = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, double[]> rounds = new LinkedHashMap<>();

    @Override
    public Finding measure(Bench bench) throws Exception {
        int repetitions = bench.settings().longRounds();
        int messages = CALLS * RECIPIENTS;
        List<Double> templates = new ArrayList<>();
        List<Double> statuses = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        int recordBytes;
        try (Installation installation = bench.installation();
                KafkaBaseline kafka = bench.kafka(installation)) {
            BenchApp templateApp = BenchApp.create(installation);
            BenchApp groupApp = BenchApp.create(installation);
            List<byte[]> groupCalls = new ArrayList<>();
            for (int from = 0; from < SESSIONS; from += RECIPIENTS) {
                groupApp.createGroup("group-" + from, from, from + RECIPIENTS);
                groupCalls.add(groupApp.groupStatus("group-" + from, CONTENT_BYTES));
            }
            List<byte[]> templateCalls = templateApp.templates(0, SESSIONS, RECIPIENTS, CONTENT_BYTES);
            Devices at = Devices.sleeping(installation.edgePort());
            try (LoadGenerator users = bench.devices(at, installation.tokens(templateApp.key(), SESSIONS));
                    LoadGenerator members = bench.devices(at, installation.tokens(groupApp.key(), SESSIONS));
                    BackEnd template = bench.backEnd(installation, CONNECTIONS, templateCalls);
                    BackEnd group = bench.backEnd(installation, CONNECTIONS, groupCalls)) {
                users.open(SESSIONS);
                members.open(SESSIONS);
                perSecond(template, users);
                recordBytes = installation.bytesOfARecord(Topic.DELIVERY_DIRECT);
                for (int i = -WARM_UP; i < repetitions; i++) {
                    double templateRate = perSecond(template, users);
                    double groupRate = perSecond(group, members);
                    double rawRate = kafka.pipe(messages, recordBytes).perSecond(messages);
                    if (i >= 0) {
                        templates.add(templateRate);
                        statuses.add(groupRate);
                        raw.add(rawRate);
                    }
                }
                users.requireClean();
                members.requireClean();
            }
        }
        Rounds baseline = Rounds.of(raw, Double::doubleValue);
        add(bench, "template messages", Rounds.of(templates, Double::doubleValue), baseline);
        add(bench, "group status messages", Rounds.of(statuses, Double::doubleValue), baseline);
        add(bench, "raw Kafka, written and read", baseline, baseline);
        Map<String, String> parameters = bench.parameters();
        parameters.put("sessions", SESSIONS + ", each of a user of its own");
        parameters.put("a round", CALLS + " calls to " + RECIPIENTS + " users each, " + CONNECTIONS + " at a time");
        parameters.put("rounds", repetitions + " after " + WARM_UP + " to warm up");
        parameters.put("record of the baseline", recordBytes + " B");
        return new Finding(
                parameters,
                new Table(List.of("from the first call to the last socket", "a second", "/ raw Kafka"), rows),
                rounds);
    }

    private static double perSecond(BackEnd backEnd, LoadGenerator devices) {
        devices.mark();
        Called called = backEnd.call(CALLS, 0, PATIENCE);
        Personal arrived = devices.awaitPersonal((long) CALLS * RECIPIENTS, PATIENCE);
        return arrived.received() * 1e9 / (arrived.lastNs() - called.firstNs());
    }

    private void add(Bench bench, String name, Rounds perSecond, Rounds baseline) {
        rounds.put(name + ", a second", perSecond.values());
        List<String> row = List.of(name, Table.number(perSecond.median()), Bench.times(perSecond.over(baseline)));
        rows.add(row);
        bench.say(String.join("  ", row));
    }
}
