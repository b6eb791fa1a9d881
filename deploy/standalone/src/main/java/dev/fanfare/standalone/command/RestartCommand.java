package dev.fanfare.standalone.command;

import dev.fanfare.standalone.installation.DataDir;
import dev.fanfare.standalone.installation.Endpoints;
import dev.fanfare.standalone.installation.Node;
import dev.fanfare.standalone.launch.Console;
import dev.fanfare.standalone.launch.NodeRestart;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fanfare restart}: a rolling restart of the installation that runs on this machine. */
@Command(
        name = "restart",
        description =
                "Restart the processes of the services one by one, each as an orchestrator does: SIGTERM, the end,"
                        + " a new process, the next one when that is ready. With 'up --nodes 2' nobody misses anything.")
public final class RestartCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "NODE",
            description = "Such as template-service, delivery-service-2 (default: all, the gateways last).")
    private List<String> names = List.of();

    @Mixin
    private DataOption data;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        Console console = new Console(command.commandLine().getOut());
        DataDir dir = data.dataDir();
        Endpoints endpoints = Endpoints.of(dir);
        List<Node> all = NodeRestart.inOrder(endpoints.ports().nodes());
        for (Node node : names.isEmpty()
                ? all
                : names.stream().map(name -> named(name, all)).toList()) {
            NodeRestart.Took took = NodeRestart.of(node, dir, endpoints);
            console.row(
                    node.name(),
                    "ended after " + Console.seconds(took.toEnd()) + ", ready again after "
                            + Console.seconds(took.toReady()));
        }
        return 0;
    }

    private Node named(String name, List<Node> all) {
        return all.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(),
                        "there is no " + name + "; there are "
                                + String.join(", ", all.stream().map(Node::name).toList())));
    }
}
