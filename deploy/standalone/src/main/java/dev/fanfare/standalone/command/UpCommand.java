package dev.fanfare.standalone.command;

import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fanfare up}: runs everything until Ctrl-C. */
@Command(
        name = "up",
        description = "Run Kafka, PostgreSQL, Redis and the five services until Ctrl-C.",
        modelTransformer = PortOptions.class)
public final class UpCommand implements Callable<Integer> {

    @Mixin
    private LaunchOptions options;

    @Override
    public Integer call() throws Exception {
        return options.launch((endpoints, console) -> OptionalInt.empty());
    }
}
