package dev.fanfare.standalone.command;

import dev.fanfare.standalone.client.Form;
import dev.fanfare.standalone.client.GatewayClient;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fanfare send group}: to the members of groups who are online. */
@Command(name = "group", description = "To the members of up to three groups who are online.")
public final class SendGroup implements Callable<Integer> {

    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private MessageOptions message;

    @Option(names = "--to", paramLabel = "GROUP", required = true, description = "A group; may be repeated.")
    private List<String> groups;

    @Option(names = "--include-sender", description = "Also to the sender, if online.")
    private boolean includeSender;

    @Option(
            names = "--member",
            paramLabel = "USER",
            description = "First creates the groups with this member, or adds it; may be repeated.")
    private List<String> members = List.of();

    @Override
    public Integer call() throws Exception {
        GatewayClient client = gateway.client();
        if (!members.isEmpty()) {
            for (String group : groups) {
                client.post(
                                "/group/create.json",
                                new Form()
                                        .with("userId", members)
                                        .with("groupId", group)
                                        .with("groupName", group))
                        .requireOk();
            }
        }
        Form form = message.form().with("toGroupId", groups).with("isIncludeSender", includeSender ? "1" : "0");
        return message.show(client.post("/statusmessage/group/publish.json", form));
    }
}
