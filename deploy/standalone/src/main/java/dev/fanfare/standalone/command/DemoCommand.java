package dev.fanfare.standalone.command;

import dev.fanfare.standalone.demo.Demo;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fanfare demo}: runs everything, and plays the main job on it. */
@Command(
        name = "demo",
        description = "As up; then real clients connect, messages are sent, and a table shows who received what.",
        modelTransformer = PortOptions.class)
public final class DemoCommand implements Callable<Integer> {

    @Mixin
    private LaunchOptions options;

    @Option(names = "--exit", description = "End after the play instead of staying up.")
    private boolean exit;

    @Override
    public Integer call() throws Exception {
        return options.launch((endpoints, console) -> {
            boolean allInPlace = new Demo(endpoints, console).play();
            return allInPlace && !exit ? OptionalInt.empty() : OptionalInt.of(allInPlace ? 0 : 1);
        });
    }
}
