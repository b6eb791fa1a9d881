package dev.fanfare.standalone.launch;

import dev.fanfare.standalone.installation.DataDir;
import dev.fanfare.standalone.installation.Endpoints;
import dev.fanfare.standalone.installation.Node;
import dev.fanfare.standalone.installation.PortName;
import dev.fanfare.standalone.installation.Ports;
import dev.fanfare.standalone.installation.ServiceConfig;
import dev.fanfare.standalone.installation.ServiceName;
import dev.fanfare.standalone.process.ChildProcess;
import dev.fanfare.standalone.process.HealthProbe;
import dev.fanfare.standalone.process.Leftover;
import dev.fanfare.standalone.process.Part;
import dev.fanfare.standalone.process.PartFailedException;
import dev.fanfare.standalone.process.PortProbe;
import dev.fanfare.standalone.process.Probe;
import dev.fanfare.standalone.relay.RelayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The five services as processes, and what stands before them if each has several. */
final class Services {

    /** For each node that starts at the same time. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(120);
    /** A little more than the services give themselves (quarkus.shutdown.timeout). */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);
    /** The same beside another node: fanfare.drain.timeout and what follows it come first. */
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(45);

    private static final String RELAY = "relay-";
    private static final List<String> RELAY_OPTIONS =
            List.of("-Xms16m", "-Xmx192m", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8");

    private final Path home;
    private final DataDir data;
    private final ServiceConfig config;
    private final Function<ServiceName, Tuning> tuning;

    Services(Path home, DataDir data, ServiceConfig config, Function<ServiceName, Tuning> tuning) {
        this.home = home;
        this.data = data;
        this.config = config;
        this.tuning = tuning;
    }

    List<Part> parts(Ports ports) throws IOException, PartFailedException {
        Endpoints endpoints = new Endpoints(ports);
        List<Part> parts = new ArrayList<>();
        for (Node node : Node.ofEach(ports.nodes())) {
            Path jar = node.service().jar(home);
            if (!Files.exists(jar)) {
                throw new PartFailedException(node.name(), "is not built: there is no " + jar, List.of());
            }
            Path directory = data.service(node.name());
            Tuning tuned = tuning.apply(node.service());
            config.write(node, tuned.config(), directory);
            parts.add(part(node.name(), command(tuned, jar), directory, probes(node, endpoints), ports));
        }
        return parts;
    }

    /** As many processes as nodes; none for one node. */
    List<Part> relays(Ports ports) {
        Endpoints endpoints = new Endpoints(ports);
        List<Part> relays = new ArrayList<>();
        for (int number = 1; ports.nodes() > 1 && number <= ports.nodes(); number++) {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(RELAY_OPTIONS);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), RelayProcess.class.getName()));
            command.addAll(RelayProcess.arguments(ports));
            List<Probe> probes = List.of(
                    new HealthProbe(endpoints.readiness(PortName.GATEWAY)),
                    new HealthProbe(endpoints.readiness(PortName.DELIVERY)),
                    new PortProbe(ports.of(PortName.EDGE)));
            // Where this process runs, too: the class path may be relative.
            relays.add(part(RELAY + number, command, Path.of("").toAbsolutePath(), probes, ports));
        }
        return relays;
    }

    /** What a process of this service says when it does its work. */
    static List<Probe> probes(Node node, Endpoints endpoints) {
        Probe health = new HealthProbe(endpoints.readiness(node));
        return node.service() == ServiceName.DELIVERY
                ? List.of(health, new PortProbe(endpoints.ports().of(node, PortName.EDGE)))
                : List.of(health);
    }

    /** What a killed launcher may have left of it, by its name. */
    static List<Leftover> leftovers(Path home, DataDir data) {
        List<Leftover> all = new ArrayList<>();
        for (Node node : Node.ofEach(Node.MOST)) {
            all.add(new Leftover(
                    node.name(),
                    data.pidFile(node.name()),
                    node.service().jar(home).toString()));
        }
        for (int number = 1; number <= Node.MOST; number++) {
            all.add(new Leftover(RELAY + number, data.pidFile(RELAY + number), RelayProcess.class.getName()));
        }
        return all;
    }

    private Part part(String name, List<String> command, Path directory, List<Probe> probes, Ports ports) {
        return new ChildProcess(
                new ChildProcess.Spec(name, command, directory, data.log(name), data.pidFile(name), probes),
                START_PATIENCE.multipliedBy(ports.nodes()),
                ports.nodes() == 1 ? STOP_PATIENCE : DRAIN_PATIENCE);
    }

    private static List<String> command(Tuning tuned, Path jar) {
        List<String> command = new ArrayList<>(tuned.prefix());
        command.add(Path.of(tuned.javaHome(), "bin", "java").toString());
        command.addAll(tuned.jvmOptions());
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }
}
