package dev.fanfare.benchmark.product;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.fanfare.contracts.Json;
import dev.fanfare.standalone.installation.DataDir;
import dev.fanfare.standalone.installation.Ports;
import dev.fanfare.standalone.installation.ServiceName;
import dev.fanfare.standalone.launch.Console;
import dev.fanfare.standalone.launch.Launcher;
import dev.fanfare.standalone.launch.Tuning;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/** {@code fanfare up} with services that are tuned for a measurement; a process of its own because Kafka runs in it. */
public final class InstallationProcess {

    private InstallationProcess() {}

    /** Arguments: the repository, the data folder, a file with the {@link Tuning} of each service as JSON, nodes. */
    public static void main(String[] arguments) throws Exception {
        Map<ServiceName, Tuning> tuning =
                Json.mapper().readValue(Path.of(arguments[2]).toFile(), new TypeReference<>() {});
        Console console = new Console(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        Launcher launcher = new Launcher(
                Path.of(arguments[0]),
                new DataDir(Path.of(arguments[1])),
                Ports.free(Map.of(), Integer.parseInt(arguments[3])),
                console,
                service -> tuning.getOrDefault(service, Tuning.small()));
        System.exit(launcher.run(true, (endpoints, out) -> OptionalInt.empty()));
    }
}
