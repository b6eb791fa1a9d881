package dev.fanfare.benchmark.measure;

import dev.fanfare.benchmark.figures.Rounds;
import dev.fanfare.benchmark.process.BackEnd;
import dev.fanfare.benchmark.process.BaselineServer;
import dev.fanfare.benchmark.process.Cores;
import dev.fanfare.benchmark.process.KafkaBaseline;
import dev.fanfare.benchmark.process.LoadGenerator;
import dev.fanfare.benchmark.process.LoadGenerator.Devices;
import dev.fanfare.benchmark.process.PostgresBaseline;
import dev.fanfare.benchmark.process.Tools;
import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.standalone.installation.ServiceName;
import dev.fanfare.standalone.launch.Tuning;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What every measurement works with: the programs, the machine's cores, and how the product and the baselines are
 * started.
 *
 * @param home the repository, built
 * @param folder where everything is put
 * @param out tells how it goes
 */
public record Bench(Path home, Path folder, Tools tools, Settings settings, Cores cores, PrintWriter out) {

    /** One event loop: the figure of a core. */
    private static final Map<String, String> ONE_LOOP = Map.of("quarkus.vertx.event-loops-pool-size", "1");

    /**
     * The product, with one service on the measured core and everything else on the other.
     *
     * @param jvmOptions more of them for that service
     */
    Installation installation(ServiceName measured, String... jvmOptions) throws IOException, InterruptedException {
        Map<ServiceName, Tuning> tuning = new EnumMap<>(ServiceName.class);
        for (ServiceName service : ServiceName.values()) {
            tuning.put(service, service == measured ? measured(measured, jvmOptions) : other());
        }
        say("starting an installation (" + cores + ")");
        return Installation.start(home, folder.resolve("installation"), cores.others(), tuning, 1);
    }

    /** The product, all of its services wherever the machine puts them. */
    Installation installation() throws IOException, InterruptedException {
        Map<ServiceName, Tuning> tuning = new EnumMap<>(ServiceName.class);
        for (ServiceName service : ServiceName.values()) {
            List<String> recording = service == ServiceName.DELIVERY ? recording(service) : List.of();
            tuning.put(service, tuning(List.of(), recording, Map.of()));
        }
        say("starting an installation (" + cores + ")");
        return Installation.start(home, folder.resolve("installation"), List.of(), tuning, 1);
    }

    /** The product as {@code ./fanfare up --nodes N} runs it. */
    Installation installation(int nodes) throws IOException, InterruptedException {
        Map<ServiceName, Tuning> tuning = new EnumMap<>(ServiceName.class);
        for (ServiceName service : ServiceName.values()) {
            tuning.put(service, Tuning.small(nodes));
        }
        say("starting an installation, " + nodes + " processes of every service");
        return Installation.start(home, folder.resolve("installation"), List.of(), tuning, nodes);
    }

    /** What the product's services need, without them. */
    public Installation infrastructure() throws IOException, InterruptedException {
        say("starting Kafka, PostgreSQL, Redis and the push providers");
        return Installation.withoutServices(folder.resolve("installation"));
    }

    private Tuning measured(ServiceName service, String... jvmOptions) {
        List<String> options = new ArrayList<>(List.of(jvmOptions));
        options.addAll(recording(service));
        return tuning(cores.measured(), options, service == ServiceName.DELIVERY ? ONE_LOOP : Map.of());
    }

    private Tuning other() {
        return tuning(List.of(), List.of(), Map.of());
    }

    private Tuning tuning(List<String> prefix, List<String> jvmOptions, Map<String, String> config) {
        List<String> options = new ArrayList<>(settings.jvmOptions());
        options.addAll(jvmOptions);
        return new Tuning(prefix, settings.javaHome(), options, config);
    }

    private List<String> recording(ServiceName service) {
        Path file = folder.resolve(service.module() + ".jfr");
        return settings.flightRecording()
                ? List.of("-XX:StartFlightRecording=dumponexit=true,settings=profile,filename=" + file)
                : List.of();
    }

    BaselineServer c() {
        return BaselineServer.c(tools, cores.measured());
    }

    /** @param jvmOptions beside those of the product */
    BaselineServer netty(String... jvmOptions) {
        List<String> options = new ArrayList<>(settings.jvmOptions());
        options.addAll(List.of(jvmOptions));
        return BaselineServer.netty(tools.folder(), cores.measured(), settings.javaHome(), options);
    }

    KafkaBaseline kafka(Installation installation) {
        return KafkaBaseline.start(
                tools.folder(),
                cores.measured(),
                settings.javaHome(),
                settings.jvmOptions(),
                installation.endpoints().kafkaBootstrapServers());
    }

    PostgresBaseline postgres(Installation installation) {
        return PostgresBaseline.start(
                tools.folder(), cores.measured(), settings.javaHome(), settings.jvmOptions(), installation.jdbcUrl());
    }

    LoadGenerator devices(Devices devices, List<String> tokens) {
        return LoadGenerator.start(tools, cores.others(), devices, tokens);
    }

    BackEnd backEnd(Installation installation, int connections, List<byte[]> requests) {
        return backEnd(installation.gatewayPort(), connections, requests);
    }

    /** Calls another server than the gateway. */
    BackEnd backEnd(int port, int connections, List<byte[]> requests) {
        return BackEnd.start(tools, cores.others(), port, connections, requests);
    }

    public void say(String text) {
        out.println("  " + text);
    }

    /** What is told under every table. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("cores", cores.toString());
        parameters.put("JVM", settings.jvm());
        return parameters;
    }

    /** A ratio as people say it. */
    static String times(Rounds ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio.median());
    }
}
