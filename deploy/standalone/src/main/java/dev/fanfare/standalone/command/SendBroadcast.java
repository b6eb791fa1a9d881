package dev.fanfare.standalone.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fanfare send broadcast}: to everybody who is online, or will be within ten minutes. */
@Command(name = "broadcast", description = "To everybody who is online, or will be within ten minutes.")
public final class SendBroadcast implements Callable<Integer> {

    @Mixin
    private GatewayOptions gateway;

    @Mixin
    private MessageOptions message;

    @Override
    public Integer call() throws Exception {
        return message.show(gateway.client().post("/message/online/broadcast.json", message.form()));
    }
}
