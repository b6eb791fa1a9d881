package dev.fanfare.standalone.launch;

import dev.fanfare.standalone.client.AdminClient;
import dev.fanfare.standalone.installation.DataDir;
import dev.fanfare.standalone.installation.DemoApp;
import dev.fanfare.standalone.installation.Endpoints;
import dev.fanfare.standalone.installation.InstallationLock;
import dev.fanfare.standalone.installation.PortName;
import dev.fanfare.standalone.installation.Ports;
import dev.fanfare.standalone.installation.Secrets;
import dev.fanfare.standalone.installation.ServiceConfig;
import dev.fanfare.standalone.installation.ServiceName;
import dev.fanfare.standalone.process.PartFailedException;
import dev.fanfare.standalone.process.StopSignal;
import dev.fanfare.standalone.process.StoppedException;
import dev.fanfare.standalone.process.Supervisor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * Runs an installation from its first process to its last: takes the lock, cleans up after a killed predecessor, starts
 * infrastructure and services, waits, and stops all in order on Ctrl-C, SIGTERM or a failure. One thread drives it.
 */
public final class Launcher {

    private static final int FIRST_CALLS = 5;

    private final Path home;
    private final DataDir data;
    private final Ports ports;
    private final Console console;
    private final Function<ServiceName, Tuning> tuning;

    /** @param home the repository, with the services' jars */
    public Launcher(Path home, DataDir data, Ports ports, Console console) {
        this(home, data, ports, console, service -> Tuning.small(ports.nodes()));
    }

    /** @param tuning how each service is run */
    public Launcher(Path home, DataDir data, Ports ports, Console console, Function<ServiceName, Tuning> tuning) {
        this.home = home;
        this.data = data;
        this.ports = ports;
        this.console = console;
        this.tuning = tuning;
    }

    /** What is done once all is ready. */
    @FunctionalInterface
    public interface Work {

        /**
         * Runs on a thread of its own and is interrupted when the installation ends.
         *
         * @return the exit code to end with; empty to stay up until somebody stops the launcher
         */
        OptionalInt run(Endpoints endpoints, Console console) throws Exception;
    }

    /** Blocks until the installation has ended and returns the exit code. */
    public int run(boolean fresh, Work work) throws Exception {
        StopSignal stop = new StopSignal();
        try (ShutdownHook hook = ShutdownHook.install(stop)) {
            try {
                return runLocked(fresh, work, stop);
            } catch (PartFailedException e) {
                // What starts at that moment may hear the Ctrl-C, too, and fail of it.
                if (!hook.runs()) {
                    console.failure(e);
                    return 1;
                }
            } catch (StoppedException e) {
                // As asked.
            }
            console.line("Stopped.");
            return 0;
        }
    }

    private int runLocked(boolean fresh, Work work, StopSignal stop) throws Exception {
        if (!data.isUsable()) {
            console.refusal(
                    data.root() + " is no installation of Fanfare, and not empty. Name another folder with --data.");
            return 1;
        }
        Optional<InstallationLock> taken = InstallationLock.tryTake(data);
        if (taken.isEmpty()) {
            console.refusal("Fanfare already runs on " + data.root() + " (process " + InstallationLock.holder(data)
                    + "). Stop it there with Ctrl-C, or start another one with --data DIR --free-ports.");
            return 1;
        }
        InstallationLock lock = taken.get();
        try (lock) {
            prepare(fresh);
            return startAndWatch(work, stop);
        }
    }

    private void prepare(boolean fresh) throws IOException, InterruptedException, PartFailedException {
        Leftovers leftovers = new Leftovers(home, data);
        List<String> names = leftovers.names();
        if (!names.isEmpty()) {
            console.line("Stopping what a killed launcher has left behind: " + String.join(", ", names) + " …");
            leftovers.stop();
        }
        if (fresh) {
            data.clear();
        }
        data.create();
        Endpoints.delete(data);
        LauncherLog.to(data.log("kafka"));
        ports.requireFree();
    }

    /** From now on the demo app has an account with each push provider. */
    private static void introduce(PushProvidersPart providers, AdminClient admin)
            throws IOException, InterruptedException {
        for (Map.Entry<String, Map<String, String>> each :
                providers.credentials().entrySet()) {
            introduce(each.getKey(), each.getValue(), admin, FIRST_CALLS);
        }
    }

    /** The first calls of services that have just started may take longer than their callers wait. */
    private static void introduce(String provider, Map<String, String> credential, AdminClient admin, int attempts)
            throws IOException, InterruptedException {
        try {
            admin.pushCredential(DemoApp.KEY, provider, credential);
        } catch (IOException e) {
            if (attempts == 1) {
                throw e;
            }
            introduce(provider, credential, admin, attempts - 1);
        }
    }

    private int startAndWatch(Work work, StopSignal stop) throws Exception {
        long begin = System.nanoTime();
        try (Supervisor supervisor = new Supervisor(stop, console)) {
            console.line("Starting Kafka, PostgreSQL and Redis …");
            PushProvidersPart providers = new PushProvidersPart(ports.of(PortName.PUSH_PROVIDERS));
            supervisor.start(Infrastructure.of(data, ports));
            supervisor.start(List.of(providers));
            console.line("Starting the five services" + (ports.nodes() == 1 ? "" : ", " + ports.nodes() + " of each")
                    + " …");
            Secrets secrets = Secrets.keptIn(data.secrets());
            Services services = new Services(home, data, new ServiceConfig(ports, secrets), tuning);
            supervisor.start(services.parts(ports));
            supervisor.start(services.relays(ports));
            Endpoints endpoints = new Endpoints(ports);
            introduce(providers, new AdminClient(endpoints.gateway(), secrets.adminToken()));
            endpoints.write(data);
            new Welcome(console, data, home).print(endpoints, Duration.ofNanos(System.nanoTime() - begin));
            OptionalInt exitCode = supervisor.watchDuring(() -> work.run(endpoints, console));
            if (exitCode.isEmpty()) {
                console.line("Ctrl-C stops everything.");
                supervisor.watch();
            }
            return exitCode.orElse(0);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } finally {
            Endpoints.delete(data);
        }
    }
}
