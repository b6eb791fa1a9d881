package dev.fanfare.standalone.launch;

import dev.fanfare.standalone.installation.DataDir;
import dev.fanfare.standalone.installation.Endpoints;
import dev.fanfare.standalone.installation.PortName;
import dev.fanfare.standalone.installation.Ports;
import dev.fanfare.standalone.installation.ServiceConfig;
import dev.fanfare.standalone.installation.ServiceName;
import dev.fanfare.standalone.process.ChildProcess;
import dev.fanfare.standalone.process.HealthProbe;
import dev.fanfare.standalone.process.Part;
import dev.fanfare.standalone.process.PartFailedException;
import dev.fanfare.standalone.process.PortProbe;
import dev.fanfare.standalone.process.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The five services as processes. */
final class Services {

    private static final Duration START_PATIENCE = Duration.ofSeconds(120);
    /** A little more than the services give themselves (quarkus.shutdown.timeout). */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(15);

    private final Path home;
    private final DataDir data;
    private final ServiceConfig config;
    private final Function<ServiceName, Tuning> tuning;

    Services(Path home, DataDir data, ServiceConfig config, Function<ServiceName, Tuning> tuning) {
        this.home = home;
        this.data = data;
        this.config = config;
        this.tuning = tuning;
    }

    List<Part> parts(Ports ports) throws IOException, PartFailedException {
        Endpoints endpoints = new Endpoints(ports);
        List<Part> parts = new ArrayList<>();
        for (ServiceName service : ServiceName.values()) {
            Path jar = service.jar(home);
            if (!Files.exists(jar)) {
                throw new PartFailedException(service.module(), "is not built: there is no " + jar, List.of());
            }
            Path directory = data.service(service.module());
            Tuning tuned = tuning.apply(service);
            config.write(service, tuned.config(), directory);
            List<Probe> probes = new ArrayList<>(List.of(new HealthProbe(endpoints.readiness(service.port()))));
            if (service == ServiceName.DELIVERY) {
                probes.add(new PortProbe(ports.of(PortName.EDGE)));
            }
            parts.add(new ChildProcess(
                    new ChildProcess.Spec(
                            service.module(),
                            command(tuned, jar),
                            directory,
                            data.log(service.module()),
                            data.pidFile(service.module()),
                            probes),
                    START_PATIENCE,
                    STOP_PATIENCE));
        }
        return parts;
    }

    private static List<String> command(Tuning tuned, Path jar) {
        List<String> command = new ArrayList<>(tuned.prefix());
        command.add(Path.of(tuned.javaHome(), "bin", "java").toString());
        command.addAll(tuned.jvmOptions());
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }
}
