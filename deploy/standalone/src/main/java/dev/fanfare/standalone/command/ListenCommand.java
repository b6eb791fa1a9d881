package dev.fanfare.standalone.command;

import dev.fanfare.contracts.delivery.ClientMessage;
import dev.fanfare.standalone.client.AppClient;
import dev.fanfare.standalone.launch.Console;
import java.net.URI;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fanfare listen}: a user's device at the terminal. */
@Command(name = "listen", description = "Connect as a user and print what arrives, until Ctrl-C.")
public final class ListenCommand implements Callable<Integer> {

    @Mixin
    private GatewayOptions gateway;

    @Option(names = "--user", paramLabel = "ID", required = true, description = "The user.")
    private String user;

    @Option(names = "--device", paramLabel = "ID", description = "The device (default: ${DEFAULT-VALUE}).")
    private String device = "terminal";

    @Option(names = "--edge", paramLabel = "URL", description = "Where clients connect (default: this machine's).")
    private URI edge;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        Console console = new Console(command.commandLine().getOut());
        URI address = edge == null ? gateway.endpoints().edge() : edge;
        String token = gateway.client().token(user);
        CountDownLatch ended = new CountDownLatch(1);
        AppClient.Listener printer = new Printer(console, user + "/" + device, ended);
        try (AppClient client = new AppClient(address, token, device, printer)) {
            client.connect();
            ended.await();
        }
        return 1;
    }

    private record Printer(Console console, String who, CountDownLatch end) implements AppClient.Listener {

        private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

        @Override
        public void connected() {
            print(who + " is online; Ctrl-C ends");
        }

        @Override
        public void disconnected(String reason) {
            print("not connected: " + reason);
        }

        @Override
        public void ended(String reason) {
            print("ended: " + reason);
            end.countDown();
        }

        @Override
        public void received(String channel, ClientMessage message) {
            print(String.join(
                    "  ",
                    message.conversationType() + " " + message.targetId(),
                    "from " + message.fromUserId(),
                    message.objectName(),
                    message.content(),
                    "[" + message.messageUID() + "]"));
        }

        private void print(String text) {
            console.line(LocalTime.now().format(TIME) + "  " + text);
        }
    }
}
