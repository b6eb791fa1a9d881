package dev.fanfare.standalone.command;

import dev.fanfare.standalone.installation.DataDir;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which installation a command is about. */
final class DataOption {

    /** Set by the script {@code fanfare}: the repository. */
    private static final String HOME = "fanfare.home";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder with the installation's data (default: .fanfare beside the script).")
    private Path dir;

    static Path home() {
        return Path.of(System.getProperty(HOME, "")).toAbsolutePath();
    }

    DataDir dataDir() {
        return dir == null ? DataDir.usual(home()) : new DataDir(dir);
    }
}
