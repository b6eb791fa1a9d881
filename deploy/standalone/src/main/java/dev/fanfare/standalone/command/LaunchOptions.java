package dev.fanfare.standalone.command;

import dev.fanfare.standalone.installation.Node;
import dev.fanfare.standalone.launch.Console;
import dev.fanfare.standalone.launch.Launcher;
import dev.fanfare.standalone.launch.Tuning;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What {@code up} and {@code demo} have in common, beside the {@link PortOptions}. */
final class LaunchOptions {

    @Mixin
    private DataOption data;

    @Option(names = "--fresh", description = "Start from nothing: deletes the installation's data first.")
    private boolean fresh;

    @Option(names = "--free-ports", description = "Any free ports, where none is given. The table names them.")
    private boolean freePorts;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A configuration key of all services, for instance fanfare.log.json=true. Can be repeated.")
    private Map<String, String> settings = Map.of();

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "1",
            description = "Processes of every service, up to " + Node.MOST + " (default: 1). Above 1, the addresses are"
                    + " those of relays before them, and each process has ports of its own.")
    private int nodes;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    int launch(Launcher.Work work) throws Exception {
        Console console = new Console(command.commandLine().getOut());
        if (nodes < 1 || nodes > Node.MOST) {
            throw new ParameterException(
                    command.commandLine(), "--nodes is between 1 and " + Node.MOST + ", not " + nodes);
        }
        return new Launcher(
                        DataOption.home(),
                        data.dataDir(),
                        PortOptions.in(command, freePorts, nodes),
                        console,
                        service -> Tuning.small(nodes).with(settings))
                .run(fresh, work);
    }
}
