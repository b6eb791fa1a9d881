package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.standalone.installation.Node;
import dev.fanfare.standalone.installation.ServiceName;
import dev.fanfare.standalone.launch.NodeRestart;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Machines that fail: nodes of delivery-service are killed in turns, with all their sessions, while the {@link Traffic} goes on. */
public final class DeliveryKills implements Measurement {

    private static final int KILLS = 6;

    @Override
    public Finding measure(Bench bench) throws Exception {
        return new Traffic(Traffic.Moments.MAY_COME_AGAIN).during(DeliveryKills::killInTurns, bench);
    }

    /** Each as soon as the one before serves again: it has few sessions of its own by then, the other has nearly all. */
    private static void killInTurns(Bench bench, Installation installation, Map<String, String> round)
            throws IOException, InterruptedException {
        List<Node> nodes = installation.nodes().stream()
                .filter(node -> node.service() == ServiceName.DELIVERY)
                .toList();
        for (int i = 0; i < KILLS; i++) {
            Node node = nodes.get(i % nodes.size());
            NodeRestart.Took took = installation.kill(node);
            bench.say(String.format(
                    Locale.ROOT,
                    "%-24s killed, ready again after %.1f s",
                    node.name(),
                    took.toReady().toMillis() / 1e3));
        }
        round.put("kills", KILLS + ", of the nodes of delivery-service in turns");
    }
}
