package dev.fanfare.standalone.command;

import dev.fanfare.standalone.launch.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fanfare token}: the token with which a user's app connects. */
@Command(name = "token", description = "Register a user and print the token with which the user's app connects.")
public final class TokenCommand implements Callable<Integer> {

    @Mixin
    private GatewayOptions gateway;

    @Option(names = "--user", paramLabel = "ID", required = true, description = "The user.")
    private String user;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() throws Exception {
        new Console(command.commandLine().getOut()).line(gateway.client().token(user));
        return 0;
    }
}
