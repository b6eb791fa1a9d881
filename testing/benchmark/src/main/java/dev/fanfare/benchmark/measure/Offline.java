package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.figures.Rounds;
import dev.fanfare.benchmark.process.BackEnd;
import dev.fanfare.benchmark.process.KafkaBaseline;
import dev.fanfare.benchmark.process.PostgresBaseline;
import dev.fanfare.benchmark.product.BenchApp;
import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.benchmark.product.Pushes;
import dev.fanfare.benchmark.product.Stages;
import dev.fanfare.benchmark.product.Stages.Stage;
import dev.fanfare.benchmark.report.Table;
import dev.fanfare.contracts.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many template messages a second are rendered, stored, routed and pushed, for users of whom nobody is online and each
 * has a device. The baselines write the rows that PostgreSQL got, and as many bytes as Kafka got, and nothing else; and
 * push to the same provider.
 */
public final class Offline implements Measurement {

    private static final int USERS = 1_000;
    private static final int RECIPIENTS = 100;
    private static final int CONTENT_BYTES = 120;
    private static final int CONNECTIONS = USERS / RECIPIENTS;
    private static final int WARM_UP = 3;
    private static final int BARE_CONNECTIONS = 64;
    /** Of the product: its command, the rendered message, the push job, and that it was stored and pushed. */
    private static final int RECORDS = 4;

    private static final List<String> INBOX = List.of("inbox_message");
    private static final List<String> ALL = List.of("inbox_message", "push_sent", "ledger_outcome");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final List<List<String>> rows = new ArrayList<>();
    private final Map<String, double[]> rounds = new LinkedHashMap<>();

    /** Messages a second of one round. */
    private record Round(
            Map<Stage, Double> stages, double postgresInbox, double postgresAll, double kafka, double bare) {}

    @Override
    public Finding measure(Bench bench) throws Exception {
        int calls = Math.max(1, bench.settings().messages() / RECIPIENTS);
        int messages = calls * RECIPIENTS;
        List<Round> all = new ArrayList<>();
        int recordBytes;
        try (Installation installation = bench.installation();
                KafkaBaseline kafka = bench.kafka(installation);
                PostgresBaseline postgres = bench.postgres(installation)) {
            Pushes pushes = new Pushes(installation);
            BenchApp warmUp = app(installation, pushes);
            round(bench, installation, warmUp, pushes, calls);
            recordBytes = (installation.bytesOfARecord(Topic.DELIVERY_DIRECT)
                            + installation.bytesOfARecord(Topic.DELIVERY_PUSH)
                            + 2 * installation.bytesOfARecord(Topic.DELIVERY_OUTCOME))
                    / RECORDS;
            byte[] push = pushes.request(pushes.install(1).get(0));
            try (BackEnd bare = bench.backEnd(pushes.port(), BARE_CONNECTIONS, List.of(push))) {
                for (int i = -WARM_UP; i < bench.settings().longRounds(); i++) {
                    BenchApp app = app(installation, pushes);
                    Map<Stage, Double> stages = round(bench, installation, app, pushes, calls);
                    installation.awaitQuiet();
                    Round round = new Round(
                            stages,
                            perSecond(postgres, app, INBOX, messages),
                            perSecond(postgres, app, ALL, messages),
                            kafka.pipe(messages * RECORDS, recordBytes).perSecond(messages),
                            bare.call(messages, 0, PATIENCE).acceptedPerSecond());
                    if (i >= 0) {
                        all.add(round);
                    }
                }
            }
        }
        Rounds postgres = Rounds.of(all, Round::postgresAll);
        Rounds kafka = Rounds.of(all, Round::kafka);
        for (Stage stage : Stage.values()) {
            add(bench, stage.text(), Rounds.of(all, round -> round.stages().get(stage)), postgres, kafka);
        }
        add(bench, "PostgreSQL alone, the rows of the inbox", Rounds.of(all, Round::postgresInbox), postgres, kafka);
        add(bench, "PostgreSQL alone, all rows of a message", postgres, postgres, kafka);
        add(bench, "Kafka alone, all records of a message, written and read", kafka, postgres, kafka);
        add(bench, "bare pushes to the same provider", Rounds.of(all, Round::bare), postgres, kafka);
        Map<String, String> parameters = bench.parameters();
        parameters.put("users", USERS + ", none online, each with a device at the fake of FCM");
        parameters.put("a round", calls + " calls to " + RECIPIENTS + " users each, " + CONNECTIONS + " at a time");
        parameters.put("rounds", all.size() + " after " + WARM_UP + " to warm up");
        parameters.put(
                "a message",
                "a row each in inbox_message and push_sent and two in ledger_outcome, 500 a statement; " + RECORDS
                        + " records of " + recordBytes + " B in the mean");
        parameters.put("bare", "calls.c, " + BARE_CONNECTIONS + " connections");
        return new Finding(
                parameters,
                new Table(
                        List.of(
                                "from the first call to the last message that is",
                                "messages a second",
                                "/ PostgreSQL, all rows",
                                "/ Kafka, all records"),
                        rows),
                rounds);
    }

    /** Of its own for each round: its rows are what PostgreSQL alone writes again. */
    private static BenchApp app(Installation installation, Pushes pushes) throws Exception {
        BenchApp app = BenchApp.create(installation);
        app.pushCredential(pushes.provider(), pushes.credential());
        app.install(0, pushes.provider(), pushes.install(USERS));
        return app;
    }

    private static Map<Stage, Double> round(
            Bench bench, Installation installation, BenchApp app, Pushes pushes, int calls) throws Exception {
        int messages = calls * RECIPIENTS;
        try (BackEnd backEnd = bench.backEnd(
                        installation, CONNECTIONS, app.templatesWithPush(USERS, RECIPIENTS, CONTENT_BYTES));
                Stages stages = new Stages(installation, app.key(), pushes)) {
            installation.awaitQuiet();
            stages.mark();
            backEnd.begin(calls, 0, PATIENCE);
            Map<Stage, Long> reached = stages.await(messages, PATIENCE);
            long begun = backEnd.called(PATIENCE).firstNs();
            Map<Stage, Double> perSecond = new EnumMap<>(Stage.class);
            reached.forEach((stage, at) -> perSecond.put(stage, messages * 1e9 / (at - begun)));
            return perSecond;
        }
    }

    private static double perSecond(PostgresBaseline postgres, BenchApp app, List<String> tables, int messages) {
        int expected = messages * (tables.contains("ledger_outcome") ? RECORDS : 1);
        int read = postgres.read(app.key(), tables);
        if (read != expected) {
            throw new IllegalStateException("the product wrote " + read + " rows in " + tables + ", not " + expected);
        }
        return messages * 1e9 / postgres.writeNanos();
    }

    private void add(Bench bench, String name, Rounds perSecond, Rounds postgres, Rounds kafka) {
        rounds.put(name + ", a second", perSecond.values());
        List<String> row = List.of(
                name,
                Table.number(perSecond.median()),
                Bench.times(perSecond.over(postgres)),
                Bench.times(perSecond.over(kafka)));
        rows.add(row);
        bench.say(String.join("  ", row));
    }
}
