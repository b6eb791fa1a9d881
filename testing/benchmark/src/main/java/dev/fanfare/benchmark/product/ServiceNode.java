package dev.fanfare.benchmark.product;

import dev.fanfare.embedded.FreePorts;
import dev.fanfare.standalone.installation.DataDir;
import dev.fanfare.standalone.installation.Endpoints;
import dev.fanfare.standalone.installation.Node;
import dev.fanfare.standalone.installation.PortName;
import dev.fanfare.standalone.installation.ServiceConfig;
import dev.fanfare.standalone.installation.ServiceName;
import dev.fanfare.standalone.launch.Tuning;
import dev.fanfare.standalone.process.HealthProbe;
import dev.fanfare.standalone.process.Probe;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process of a service that may be killed at any moment, and started again on the same ports. Several of one service
 * can stand beside each other; the first has the ports of the installation. Closing it asks it to end.
 */
public final class ServiceNode implements AutoCloseable {

    private static final long LOOK_MILLIS = 200;

    private final String name;
    private final List<String> command;
    private final Path directory;
    private final Path log;
    private final int edgePort;
    private final Probe readiness;
    private Process process;
    /** This JVM ends, and with it all that it has started. */
    private boolean over;

    private ServiceNode(String name, List<String> command, Path directory, Path log, int edgePort, Probe readiness) {
        this.name = name;
        this.command = command;
        this.directory = directory;
        this.log = log;
        this.edgePort = edgePort;
        this.readiness = readiness;
        Runtime.getRuntime().addShutdownHook(new Thread(this::end));
    }

    /**
     * Not started yet.
     *
     * @param home the repository, built
     * @param installation without services of its own
     * @param number from 1, of those of this service
     */
    public static ServiceNode of(Path home, Installation installation, ServiceName service, int number)
            throws IOException {
        Endpoints endpoints = installation.endpoints();
        DataDir data = installation.data();
        int port = number == 1 ? endpoints.ports().of(service.port()) : FreePorts.next();
        int edgePort = number == 1 ? endpoints.ports().of(PortName.EDGE) : FreePorts.next();
        String name = service.module() + "-" + number;
        Map<String, String> config = new LinkedHashMap<>();
        config.put("quarkus.http.port", Integer.toString(port));
        if (service == ServiceName.DELIVERY) {
            config.put("fanfare.edge.port", Integer.toString(edgePort));
        }
        Path directory = data.service(name);
        new ServiceConfig(endpoints.ports(), installation.secrets())
                .write(new Node(service, number), config, directory);
        Tuning tuning = Tuning.small();
        List<String> command = new ArrayList<>();
        command.add(Path.of(tuning.javaHome(), "bin", "java").toString());
        command.addAll(tuning.jvmOptions());
        command.addAll(List.of("-jar", service.jar(home).toString()));
        return new ServiceNode(
                name,
                command,
                directory,
                data.log(name),
                edgePort,
                new HealthProbe(URI.create("http://127.0.0.1:" + port + "/q/health/ready")));
    }

    public String name() {
        return name;
    }

    /** Where its clients connect, if it is one of the delivery service. */
    public int edgePort() {
        return edgePort;
    }

    /** Starts it, again or for the first time, and does not wait. */
    public synchronized void start() throws IOException {
        if (over) {
            return;
        }
        Files.createDirectories(log.getParent());
        process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** As {@code kill -9} does it; returns when it is gone. */
    public synchronized void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Returns when it can do its work; one that ends meanwhile is an error. */
    public void awaitReady(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (readiness.complaint().isPresent()) {
            boolean ended;
            synchronized (this) {
                ended = process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            if (ended || System.nanoTime() > deadline) {
                throw new IllegalStateException(name + (ended ? " has ended" : " is not ready") + ", see " + log);
            }
        }
    }

    private synchronized void end() {
        over = true;
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Override
    public synchronized void close() {
        if (process != null) {
            ProcessEnd.inOrder(process);
        }
    }
}
