package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.standalone.installation.Node;
import dev.fanfare.standalone.launch.NodeRestart;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** An upgrade at noon: each of the processes is restarted in order while the {@link Traffic} goes on. */
public final class RollingRestart implements Measurement {

    @Override
    public Finding measure(Bench bench) throws Exception {
        return new Traffic(Traffic.Moments.ONCE).during(RollingRestart::restartAll, bench);
    }

    /** One after the other, without a pause. */
    private static void restartAll(Bench bench, Installation installation, Map<String, String> round)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        for (Node node : installation.nodes()) {
            NodeRestart.Took took = installation.restart(node);
            bench.say(String.format(
                    Locale.ROOT,
                    "%-24s ended after %.1f s, ready again after %.1f s",
                    node.name(),
                    took.toEnd().toMillis() / 1e3,
                    took.toReady().toMillis() / 1e3));
        }
        long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
        round.put("the round", seconds + " s for " + Traffic.NODES + " × 5 processes, one after the other");
    }
}
