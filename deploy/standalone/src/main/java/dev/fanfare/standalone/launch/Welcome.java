package dev.fanfare.standalone.launch;

import dev.fanfare.standalone.installation.DataDir;
import dev.fanfare.standalone.installation.DemoApp;
import dev.fanfare.standalone.installation.Endpoints;
import dev.fanfare.standalone.installation.Node;
import dev.fanfare.standalone.installation.PortName;
import dev.fanfare.standalone.installation.Secrets;
import java.nio.file.Path;
import java.time.Duration;

/** The table that says where everything is, printed when all is ready. */
final class Welcome {

    private final Console console;
    private final DataDir data;
    private final String which;

    Welcome(Console console, DataDir data, Path home) {
        this.console = console;
        this.data = data;
        this.which = data.equals(DataDir.usual(home)) ? "" : " --data '" + data.root() + "'";
    }

    void print(Endpoints endpoints, Duration after) {
        console.blank();
        console.line("Fanfare is ready after " + Console.seconds(after) + ".");
        console.blank();
        console.row("server API", endpoints.gateway());
        console.row("app clients", endpoints.edge());
        for (Node node : Node.ofEach(endpoints.ports().nodes())) {
            console.row(node.name(), endpoints.readiness(node));
        }
        console.row("Kafka", endpoints.kafkaBootstrapServers());
        console.row(
                "PostgreSQL, Redis",
                "localhost:" + endpoints.ports().of(PortName.POSTGRES) + ", localhost:"
                        + endpoints.ports().of(PortName.REDIS));
        console.row("push providers", endpoints.pushes() + " (fakes; what they took)");
        console.blank();
        console.row("App-Key, secret", DemoApp.KEY + ", " + DemoApp.SECRET);
        console.row("ZIM AppId, ServerSecret", DemoApp.ZIM_APP_ID + ", " + DemoApp.ZIM_SERVER_SECRET);
        console.row("admin token", Secrets.ADMIN_TOKEN + " in " + data.secrets());
        console.row("data, logs", data.root() + ", " + data.logs());
        console.blank();
        console.line("In another terminal:");
        console.line("  ./fanfare listen --user u1" + which);
        console.line("  ./fanfare send broadcast --text 'Hello, everyone'" + which);
        console.blank();
    }
}
