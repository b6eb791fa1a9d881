package dev.fanfare.standalone.command;

import dev.fanfare.standalone.client.Form;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fanfare send system}: the same message to some users, with a push for those who are offline. */
@Command(
        name = "system",
        description = "The same message to up to 100 users; with --push also to phones that are offline.")
public final class SendSystem implements Callable<Integer> {

    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private MessageOptions message;

    @Option(names = "--to", paramLabel = "USER", required = true, description = "A user; may be repeated.")
    private List<String> users;

    @Option(names = "--push", paramLabel = "TEXT", description = "What a push notification says.")
    private String push;

    @Override
    public Integer call() throws Exception {
        Form form = message.form().with("toUserId", users);
        if (push != null) {
            form.with("pushContent", push);
        }
        return message.show(gateway.client().post("/message/system/publish.json", form));
    }
}
