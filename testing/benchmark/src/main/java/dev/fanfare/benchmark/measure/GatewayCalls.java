package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.figures.Rounds;
import dev.fanfare.benchmark.process.BackEnd;
import dev.fanfare.benchmark.process.BackEnd.Called;
import dev.fanfare.benchmark.process.KafkaBaseline;
import dev.fanfare.benchmark.process.KafkaBaseline.Written;
import dev.fanfare.benchmark.process.ProcessCost;
import dev.fanfare.benchmark.product.BenchApp;
import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.benchmark.report.Table;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.standalone.installation.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many calls a gateway on one core accepts: verified, counted, signed and kept by Kafka. */
public final class GatewayCalls implements Measurement {

    private static final int CALLS = 10_000;
    private static final int AT_ONCE = 64;
    private static final int CONTENT_BYTES = 120;
    private static final int WARM_UP = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, double[]> rounds = new LinkedHashMap<>();

    private record Round(Called called, double callCpu, Written written, double writeCpu) {}

    @Override
    public Finding measure(Bench bench) throws Exception {
        List<Round> measured = new ArrayList<>();
        int recordBytes;
        try (Installation installation = bench.installation(ServiceName.API_GATEWAY)) {
            BenchApp app = BenchApp.create(installation);
            long pid = installation.pid(ServiceName.API_GATEWAY);
            try (BackEnd backEnd = bench.backEnd(installation, AT_ONCE, List.of(app.broadcast(CONTENT_BYTES)));
                    KafkaBaseline kafka = bench.kafka(installation)) {
                backEnd.call(CALLS, 0, PATIENCE);
                recordBytes = installation.bytesOfARecord(Topic.BROADCAST_COMMAND);
                for (int i = -WARM_UP; i < bench.settings().longRounds(); i++) {
                    // The services behind have their own work to do with what was accepted.
                    installation.awaitQuiet();
                    long callBefore = ProcessCost.cpuNanos(pid);
                    Called called = backEnd.call(CALLS, 0, PATIENCE);
                    double callCpu = (ProcessCost.cpuNanos(pid) - callBefore) / 1e3 / CALLS;
                    installation.awaitQuiet();
                    long writeBefore = ProcessCost.cpuNanos(kafka.pid());
                    Written written = kafka.produce(CALLS, recordBytes, AT_ONCE);
                    double writeCpu = (ProcessCost.cpuNanos(kafka.pid()) - writeBefore) / 1e3 / CALLS;
                    if (i >= 0) {
                        measured.add(new Round(called, callCpu, written, writeCpu));
                    }
                }
            }
        }
        Rounds calls = Rounds.of(measured, round -> round.called().acceptedPerSecond());
        Rounds records = Rounds.of(measured, round -> round.written().perSecond(CALLS));
        add(
                bench,
                "gateway, broadcast calls accepted",
                calls,
                Rounds.of(measured, round -> round.called().times().p50Micros()),
                Rounds.of(measured, round -> round.called().times().p99Micros()),
                Rounds.of(measured, Round::callCpu));
        add(
                bench,
                "raw Kafka, records acknowledged",
                records,
                Rounds.of(measured, round -> round.written().times().p50Micros()),
                Rounds.of(measured, round -> round.written().times().p99Micros()),
                Rounds.of(measured, Round::writeCpu));
        Map<String, String> parameters = bench.parameters();
        parameters.put("rounds", measured.size() + " of " + CALLS + " calls after " + WARM_UP + " to warm up");
        parameters.put("under way at a time", Integer.toString(AT_ONCE));
        parameters.put("record of both", recordBytes + " B, acks=all, idempotent");
        parameters.put("gateway / raw Kafka", Bench.times(calls.over(records)));
        return new Finding(
                parameters, new Table(List.of("", "a second", "p50, ms", "p99, ms", "CPU µs each"), rows), rounds);
    }

    private void add(Bench bench, String name, Rounds perSecond, Rounds p50, Rounds p99, Rounds cpu) {
        rounds.put(name + ", a second", perSecond.values());
        rounds.put(name + ", p99, µs", p99.values());
        rounds.put(name + ", CPU µs each", cpu.values());
        List<String> row = List.of(
                name,
                Table.number(perSecond.median()),
                Table.number(p50.median() / 1000),
                Table.number(p99.median() / 1000),
                Table.number(cpu.median()));
        rows.add(row);
        bench.say(String.join("  ", row));
    }
}
