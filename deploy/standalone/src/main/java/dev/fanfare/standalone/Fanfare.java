package dev.fanfare.standalone;

import dev.fanfare.standalone.command.DemoCommand;
import dev.fanfare.standalone.command.DoctorCommand;
import dev.fanfare.standalone.command.ListenCommand;
import dev.fanfare.standalone.command.RestartCommand;
import dev.fanfare.standalone.command.SendCommand;
import dev.fanfare.standalone.command.StatusCommand;
import dev.fanfare.standalone.command.TokenCommand;
import dev.fanfare.standalone.command.UpCommand;
import dev.fanfare.standalone.launch.LauncherLog;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command {@code ./fanfare}. */
@Command(
        name = "fanfare",
        synopsisSubcommandLabel = "COMMAND",
        description = "System messages to the users of an app: the whole server on this machine.",
        commandListHeading = "%nCommands:%n",
        footer = {
            "  bench   Measure it: a program of its own, see testing/benchmark.",
            "%nfanfare COMMAND --help tells more about a command."
        },
        versionProvider = Fanfare.Version.class,
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            SendCommand.class,
            ListenCommand.class,
            TokenCommand.class,
            StatusCommand.class,
            RestartCommand.class,
            DoctorCommand.class
        })
public final class Fanfare {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    private boolean version;

    private Fanfare() {}

    /** Ends the JVM with the command's exit code: 0 done, 1 failed, 2 not understood. */
    public static void main(String[] arguments) throws IOException {
        LauncherLog.silent();
        System.exit(commandLine()
                .setOut(utf8(FileDescriptor.out))
                .setErr(utf8(FileDescriptor.err))
                .execute(arguments));
    }

    /** The command with all its subcommands; a failure is one line, not a stack trace. */
    static CommandLine commandLine() {
        return new CommandLine(new Fanfare())
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println("✘ " + describe(failure));
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    /** Whatever the locale says. */
    private static PrintWriter utf8(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    private static String describe(Exception failure) {
        return failure instanceof IOException && failure.getMessage() != null
                ? failure.getMessage()
                : failure.toString();
    }

    /** That of the jar. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"Fanfare " + Fanfare.class.getPackage().getImplementationVersion()};
        }
    }
}
