package dev.fanfare.benchmark.kills;

import dev.fanfare.benchmark.kills.Account.Kind;
import dev.fanfare.benchmark.measure.Bench;
import dev.fanfare.benchmark.measure.Measurement;
import dev.fanfare.benchmark.product.BenchApp;
import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.benchmark.report.Table;
import dev.fanfare.standalone.installation.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nodes of all services are killed and come back while template messages go to users who are online, behind a cable that
 * is cut, and offline. It measures nothing: it fails if a message is missing, comes twice or out of order, if a device
 * that could not be reached got no push, or if the ledger is not what devices and providers saw.
 */
public final class Kills implements Measurement {

    private static final int USERS = 300;
    private static final int MESSAGES_PER_KILL = 400;
    private static final int SHOWN = 10;

    @Override
    public Finding measure(Bench bench) throws Exception {
        int users = bench.settings().sessionsOr(USERS).get(0);
        int messages = bench.settings().messages();
        long seed = bench.settings().seed();
        try (Installation installation = bench.infrastructure();
                Nodes nodes = Nodes.start(bench.home(), installation, Set.of(ServiceName.DELIVERY))) {
            bench.say("seed " + seed + ", " + messages + " messages to " + users + " users");
            BenchApp app = BenchApp.create(installation);
            try (Run run = new Run(installation, app, users, nodes.edgePorts(), bench::say)) {
                Killer killer = new Killer(nodes.all(), seed, MESSAGES_PER_KILL, bench::say);
                run.send(messages, killer::onAccepted);
                int kills = killer.end();
                nodes.awaitReady();
                bench.say("all were accepted, " + kills + " kills");
                run.settle();
                bench.say("settled: " + run.balances());
                run.openAll();
                Map<Kind, Balance> balances = run.balances();
                requireEven(balances, run.notOnceInInboxes(), run.differencesOfLedger());
                Map<String, String> parameters = bench.parameters();
                parameters.put("seed", Long.toString(seed));
                parameters.put(
                        "kills",
                        kills + ", of " + nodes.all().size() + " nodes: two of delivery-service, one of each other");
                parameters.put("calls made again", Integer.toString(run.lostAnswers()));
                parameters.put("pushes that came again under the same collapse id", Long.toString(run.pushedAgain()));
                parameters.put("messages that are not in their inbox once", "0");
                parameters.put("messages of which the ledger says anything else", "0");
                return new Finding(parameters, table(balances), Map.of("kills", new double[] {kills}));
            }
        }
    }

    private static void requireEven(Map<Kind, Balance> balances, List<String> notOnce, List<String> ledger) {
        boolean even = balances.values().stream().allMatch(Balance::isEven);
        if (!even || !notOnce.isEmpty() || !ledger.isEmpty()) {
            throw new IllegalStateException(balances + "; not in their inbox once: " + notOnce.size() + " "
                    + notOnce.stream().limit(SHOWN).toList() + "; the ledger differs at " + ledger.size()
                    + ":\n    "
                    + String.join("\n    ", ledger.stream().limit(SHOWN).toList()));
        }
    }

    private static Table table(Map<Kind, Balance> balances) {
        List<List<String>> rows = new ArrayList<>();
        balances.forEach((kind, balance) -> rows.add(List.of(
                kind.text(),
                Integer.toString(balance.users()),
                Table.number(balance.messages()),
                Integer.toString(balance.missing()),
                Integer.toString(balance.twice()),
                Integer.toString(balance.outOfOrder()),
                Table.number(balance.pushed()),
                Integer.toString(balance.unpushed()))));
        return new Table(
                List.of(
                        "users who are",
                        "users",
                        "messages",
                        "missing in the app",
                        "twice",
                        "out of order",
                        "pushed",
                        "push missing"),
                rows);
    }
}
