package dev.fanfare.standalone.command;

import dev.fanfare.standalone.installation.Endpoints;
import dev.fanfare.standalone.installation.Node;
import dev.fanfare.standalone.installation.PortName;
import dev.fanfare.standalone.installation.ServiceName;
import dev.fanfare.standalone.launch.Console;
import dev.fanfare.standalone.process.HealthProbe;
import dev.fanfare.standalone.process.PortProbe;
import dev.fanfare.standalone.process.Probe;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fanfare status}: asks the services of the installation on this machine whether they are well. */
@Command(
        name = "status",
        description = "Show whether the five services can do their work, each node; exit code 1 if one cannot.")
public final class StatusCommand implements Callable<Integer> {

    private static final String EDGE = "client edge";

    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        Console console = new Console(command.commandLine().getOut());
        Endpoints endpoints = Endpoints.of(data.dataDir());
        Map<String, Probe> probes = new LinkedHashMap<>();
        for (Node node : Node.ofEach(endpoints.ports().nodes())) {
            probes.put(node.name(), new HealthProbe(endpoints.readiness(node)));
        }
        for (int number = 1; number <= endpoints.ports().nodes(); number++) {
            Node node = new Node(ServiceName.DELIVERY, number);
            probes.put(
                    number == 1 ? EDGE : EDGE + " " + number,
                    new PortProbe(endpoints.ports().of(node, PortName.EDGE)));
        }
        if (endpoints.ports().nodes() > 1) {
            probes.put("relay to the gateways", new HealthProbe(endpoints.readiness(PortName.GATEWAY)));
            probes.put("relay to the edges", new PortProbe(endpoints.ports().of(PortName.EDGE)));
        }
        boolean well = true;
        for (var probe : probes.entrySet()) {
            var complaint = probe.getValue().complaint();
            console.line(String.format(
                    "  %s %-22s %s", complaint.isEmpty() ? "✔" : "✘", probe.getKey(), complaint.orElse("ready")));
            well &= complaint.isEmpty();
        }
        return well ? 0 : 1;
    }
}
