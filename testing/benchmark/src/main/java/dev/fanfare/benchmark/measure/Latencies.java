package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.process.BackEnd;
import dev.fanfare.benchmark.process.KafkaBaseline;
import dev.fanfare.benchmark.process.LoadGenerator;
import dev.fanfare.benchmark.process.LoadGenerator.Devices;
import dev.fanfare.benchmark.process.LoadReport.Latency;
import dev.fanfare.benchmark.process.LoadReport.Quantiles;
import dev.fanfare.benchmark.product.BenchApp;
import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.benchmark.report.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From the moment when a back end sends its call to the moment when a device has the message. */
public final class Latencies implements Measurement {

    private static final int SESSIONS = 1_000;
    private static final int CONTENT_BYTES = 120;
    private static final int RECORD_BYTES = 400;
    private static final int RECIPIENTS = 10;
    private static final int CONNECTIONS = 32;

    /** Users who get a template call of their own; the others get them in tens. */
    private static final int SINGLES = 100;

    /** Two minutes: as long as the compilers of six processes need on two cores. */
    private static final int WARM_UP_CALLS = 12_000;

    private static final int IDLE_PER_SECOND = 50;
    private static final int IDLE_CALLS = 2_000;
    private static final int LOADED_PER_SECOND = 100;
    private static final int LOADED_CALLS = 3_000;
    private static final int BROADCASTS_PER_SECOND = 5;
    private static final int BROADCASTS = 150;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, double[]> rounds = new LinkedHashMap<>();

    @Override
    public Finding measure(Bench bench) throws Exception {
        int sessions = bench.settings().sessionsOr(SESSIONS).get(0);
        try (Installation installation = bench.installation()) {
            BenchApp app = BenchApp.create(installation);
            List<String> tokens = installation.tokens(app.key(), sessions);
            List<byte[]> toOne = app.templates(0, SINGLES, 1, CONTENT_BYTES);
            List<byte[]> toTen = app.templates(SINGLES, sessions, RECIPIENTS, CONTENT_BYTES);
            try (LoadGenerator devices = bench.devices(Devices.sleeping(installation.edgePort()), tokens);
                    BackEnd single = bench.backEnd(installation, CONNECTIONS, toOne);
                    BackEnd many = bench.backEnd(installation, CONNECTIONS, toTen);
                    BackEnd all = bench.backEnd(installation, CONNECTIONS, List.of(app.broadcast(CONTENT_BYTES)));
                    KafkaBaseline kafka = bench.kafka(installation)) {
                devices.open(sessions);
                bench.say("warming up");
                many.call(WARM_UP_CALLS, LOADED_PER_SECOND, PATIENCE);
                all.call(BROADCASTS, 4 * BROADCASTS_PER_SECOND, PATIENCE);
                kafka.hop(WARM_UP_CALLS, RECORD_BYTES, LOADED_PER_SECOND);
                devices.awaitPersonal((long) WARM_UP_CALLS * RECIPIENTS, PATIENCE);

                devices.mark();
                single.call(IDLE_CALLS, IDLE_PER_SECOND, PATIENCE);
                devices.awaitPersonal(IDLE_CALLS, PATIENCE);
                all.call(BROADCASTS, BROADCASTS_PER_SECOND, PATIENCE);
                devices.awaitTimed((long) BROADCASTS * sessions, PATIENCE);
                Latency idle = devices.latency();
                add(bench, "template, idle", idle.personal());
                add(bench, "broadcast, idle", idle.broadcast());
                add(
                        bench,
                        "one hop over Kafka, idle",
                        kafka.hop(IDLE_CALLS, RECORD_BYTES, IDLE_PER_SECOND).times());

                devices.mark();
                many.begin(LOADED_CALLS, LOADED_PER_SECOND, PATIENCE);
                all.call(BROADCASTS, BROADCASTS_PER_SECOND, PATIENCE);
                many.called(PATIENCE);
                devices.awaitPersonal((long) LOADED_CALLS * RECIPIENTS, PATIENCE);
                devices.awaitTimed((long) BROADCASTS * sessions, PATIENCE);
                Latency loaded = devices.latency();
                add(bench, "template, 1,000 messages/s", loaded.personal());
                add(bench, "broadcast, beside them", loaded.broadcast());
                int perSecond = LOADED_PER_SECOND * RECIPIENTS;
                add(
                        bench,
                        "one hop over Kafka, 1,000 records/s",
                        kafka.hop(LOADED_CALLS * RECIPIENTS, RECORD_BYTES, perSecond)
                                .times());
                devices.requireClean();
            }
        }
        Map<String, String> parameters = bench.parameters();
        parameters.put("sessions", sessions + ", each of a user of its own");
        parameters.put("warm-up", "two minutes of the load");
        parameters.put(
                "idle",
                IDLE_PER_SECOND + " template calls a second to one user each, then " + BROADCASTS_PER_SECOND
                        + " broadcasts a second");
        parameters.put(
                "loaded",
                LOADED_PER_SECOND + " template calls a second to " + RECIPIENTS + " users each, and "
                        + BROADCASTS_PER_SECOND + " broadcasts a second");
        parameters.put("record of the baseline", RECORD_BYTES + " B");
        return new Finding(
                parameters,
                new Table(
                        List.of("from call to device", "messages", "p50, ms", "p99, ms", "p99.9, ms", "max, ms"), rows),
                rounds);
    }

    private void add(Bench bench, String name, Quantiles times) {
        rounds.put(
                name + ": p50, p99, p99.9, max, µs",
                new double[] {times.p50Micros(), times.p99Micros(), times.p999Micros(), times.maxMicros()});
        List<String> row = List.of(
                name,
                Table.number(times.count()),
                Table.number(times.p50Micros() / 1000),
                Table.number(times.p99Micros() / 1000),
                Table.number(times.p999Micros() / 1000),
                Table.number(times.maxMicros() / 1000));
        rows.add(row);
        bench.say(String.join("  ", row));
    }
}
