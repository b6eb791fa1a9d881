package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.figures.Rounds;
import dev.fanfare.benchmark.process.BaselineServer;
import dev.fanfare.benchmark.process.Cores;
import dev.fanfare.benchmark.process.LoadGenerator;
import dev.fanfare.benchmark.process.Tools;
import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.standalone.installation.ServiceName;
import dev.fanfare.standalone.launch.Tuning;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What every measurement works with: the machine's cores, the programs, and how the product and the baseline on the JVM
 * are started.
 *
 * @param home the repository, built
 * @param folder where everything is put
 * @param out tells how it goes
 */
public record Bench(Path home, Path folder, Tools tools, Settings settings, PrintWriter out) {

    /** One event loop: the figure of a core. */
    static final Map<String, String> ONE_LOOP = Map.of("quarkus.vertx.event-loops-pool-size", "1");

    /** The product with one service on the measured core, and everything else on the other. */
    Installation installation(Cores cores, ServiceName measured, Map<String, String> config)
            throws IOException, InterruptedException {
        Map<ServiceName, Tuning> tuning = new EnumMap<>(ServiceName.class);
        for (ServiceName service : ServiceName.values()) {
            tuning.put(
                    service,
                    service == measured
                            ? settings.tuning(cores.measured(), config, folder)
                            : settings.tuning(cores.others(), Map.of(), null));
        }
        return start(cores, tuning);
    }

    /** The product, every service as fast as it can be. */
    Installation installation(Map<ServiceName, Map<String, String>> config) throws IOException, InterruptedException {
        Map<ServiceName, Tuning> tuning = new EnumMap<>(ServiceName.class);
        for (ServiceName service : ServiceName.values()) {
            tuning.put(
                    service,
                    settings.tuning(
                            List.of(),
                            new HashMap<>(config.getOrDefault(service, Map.of())),
                            service == ServiceName.DELIVERY ? folder : null));
        }
        return start(Cores.free(), tuning);
    }

    private Installation start(Cores cores, Map<ServiceName, Tuning> tuning) throws IOException, InterruptedException {
        say("starting an installation (" + cores + ")");
        return Installation.start(home, folder.resolve("installation"), cores.others(), tuning);
    }

    BaselineServer cBaseline(Cores cores) {
        return BaselineServer.c(tools, cores.measured());
    }

    BaselineServer nettyBaseline(Cores cores) {
        return BaselineServer.netty(tools.folder(), cores.measured(), settings.javaHome(), settings.jvmOptions(null));
    }

    LoadGenerator devices(Cores cores, LoadGenerator.Devices devices, List<String> tokens) {
        return LoadGenerator.start(tools, cores.others(), devices, tokens);
    }

    void say(String text) {
        out.println("  " + text);
    }

    /** A ratio as people say it. */
    static String times(Rounds ratio) {
        return String.format(java.util.Locale.ROOT, "%.2f", ratio.median());
    }
}
