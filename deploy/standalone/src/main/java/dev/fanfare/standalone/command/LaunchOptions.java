package dev.fanfare.standalone.command;

import dev.fanfare.standalone.launch.Console;
import dev.fanfare.standalone.launch.Launcher;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What {@code up} and {@code demo} have in common. */
final class LaunchOptions {

    @Mixin
    private DataOption data;

    @Mixin
    private PortOptions ports;

    @Option(names = "--fresh", description = "Start from nothing: deletes the installation's data first.")
    private boolean fresh;

    int launch(Console console, Launcher.Work work) throws Exception {
        return new Launcher(DataOption.home(), data.dataDir(), ports.ports(), console).run(fresh, work);
    }
}
