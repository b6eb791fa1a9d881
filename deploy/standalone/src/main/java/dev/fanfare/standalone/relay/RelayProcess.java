package dev.fanfare.standalone.relay;

import dev.fanfare.standalone.installation.Endpoints;
import dev.fanfare.standalone.installation.Node;
import dev.fanfare.standalone.installation.PortName;
import dev.fanfare.standalone.installation.Ports;
import dev.fanfare.standalone.installation.ServiceName;
import dev.fanfare.standalone.process.HealthProbe;
import io.netty.channel.nio.NioEventLoopGroup;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The relays of an installation as a process of their own, for each connection takes two open files, and a process may
 * have so many. As many of these processes as nodes of a service share the addresses.
 */
public final class RelayProcess {

    private static final long LOOK_MILLIS = 1_000;

    private RelayProcess() {}

    /** An address: {@code PORT=NODE,NODE...}, a node {@code PORT/READINESS}. */
    public static List<String> arguments(Ports ports) {
        Endpoints endpoints = new Endpoints(ports);
        List<String> arguments = new ArrayList<>();
        for (ServiceName service : ServiceName.values()) {
            arguments.add(argument(service, service.port(), endpoints));
        }
        arguments.add(argument(ServiceName.DELIVERY, PortName.EDGE, endpoints));
        return arguments;
    }

    private static String argument(ServiceName service, PortName port, Endpoints endpoints) {
        List<String> nodes = new ArrayList<>();
        for (int number = 1; number <= endpoints.ports().nodes(); number++) {
            Node node = new Node(service, number);
            nodes.add(endpoints.ports().of(node, port) + "/" + endpoints.readiness(node));
        }
        return endpoints.ports().of(port) + "=" + String.join(",", nodes);
    }

    /** Runs until it is ended; ends by itself if it cannot listen. */
    public static void main(String[] arguments) throws InterruptedException {
        NioEventLoopGroup loops = new NioEventLoopGroup(1);
        ScheduledExecutorService looking = new ScheduledThreadPoolExecutor(arguments.length);
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            List<Upstream> upstreams = new ArrayList<>();
            for (String node : argument.substring(equals + 1).split(",")) {
                int slash = node.indexOf('/');
                Upstream upstream = new Upstream(
                        Integer.parseInt(node.substring(0, slash)),
                        new HealthProbe(URI.create(node.substring(slash + 1))));
                upstreams.add(upstream);
                looking.scheduleWithFixedDelay(upstream::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
            try {
                new Relay(upstreams)
                        .listen(loops, Integer.parseInt(argument.substring(0, equals)))
                        .sync();
            } catch (RuntimeException e) {
                System.out.println("cannot listen: " + argument + ": " + e);
                System.exit(1);
            }
        }
    }
}
