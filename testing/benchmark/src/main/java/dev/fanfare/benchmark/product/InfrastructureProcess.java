package dev.fanfare.benchmark.product;

import dev.fanfare.standalone.installation.DataDir;
import dev.fanfare.standalone.installation.Endpoints;
import dev.fanfare.standalone.installation.PortName;
import dev.fanfare.standalone.installation.Ports;
import dev.fanfare.standalone.launch.Console;
import dev.fanfare.standalone.launch.KafkaPart;
import dev.fanfare.standalone.launch.LauncherLog;
import dev.fanfare.standalone.launch.PostgresPart;
import dev.fanfare.standalone.launch.PushProvidersPart;
import dev.fanfare.standalone.launch.RedisPart;
import dev.fanfare.standalone.process.StopSignal;
import dev.fanfare.standalone.process.StoppedException;
import dev.fanfare.standalone.process.Supervisor;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the services need, without the services: whoever starts it starts them as well, and may kill them. SIGTERM ends
 * it.
 */
public final class InfrastructureProcess {

    private static final long LONGEST_STOP_SECONDS = 50;

    private InfrastructureProcess() {}

    /** Argument: the data folder. Writes {@code run/endpoints.properties} when all is there. */
    public static void main(String[] arguments) throws Exception {
        DataDir data = new DataDir(Path.of(arguments[0]));
        data.clear();
        data.create();
        LauncherLog.silent();
        Ports ports = Ports.free(Map.of(), 1);
        StopSignal stop = new StopSignal();
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.request();
            awaitQuietly(stopped);
        }));
        Console console = new Console(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        try (Supervisor supervisor = new Supervisor(stop, console)) {
            supervisor.start(List.of(
                    new KafkaPart(data.kafka(), ports.of(PortName.KAFKA), data.log("kafka")),
                    new PostgresPart(data.postgres(), ports.of(PortName.POSTGRES), data.log("postgres")),
                    new RedisPart(data.redis(), ports.of(PortName.REDIS)),
                    new PushProvidersPart(ports.of(PortName.PUSH_PROVIDERS))));
            new Endpoints(ports).write(data);
            supervisor.watch();
        } catch (StoppedException e) {
            console.line("Stopped.");
        } finally {
            stopped.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch stopped) {
        try {
            stopped.await(LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
