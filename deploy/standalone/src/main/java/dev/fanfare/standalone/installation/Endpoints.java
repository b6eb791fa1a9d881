package dev.fanfare.standalone.installation;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where a running installation is reached. Written to {@code run/endpoints.properties} when all is ready and deleted when
 * it stops, so that other commands and tests find an installation with free ports.
 */
public record Endpoints(Ports ports) {

    private static final String PORT = "port.";
    private static final String NODES = "nodes";
    private static final String READINESS = "/q/health/ready";

    /** Those of the installation that runs on {@code data}; the default ports if none does. */
    public static Endpoints of(DataDir data) throws IOException {
        Properties written = new Properties();
        if (Files.exists(data.endpoints())) {
            try (Reader reader = Files.newBufferedReader(data.endpoints())) {
                written.load(reader);
            }
        }
        int nodes = Integer.parseInt(written.getProperty(NODES, "1"));
        List<Map<PortName, Integer>> own = new ArrayList<>();
        for (int number = 1; number <= nodes; number++) {
            own.add(ports(written, PORT + number + "."));
        }
        return new Endpoints(new Ports(ports(written, PORT), nodes, own));
    }

    private static Map<PortName, Integer> ports(Properties written, String prefix) {
        Map<PortName, Integer> numbers = new TreeMap<>();
        for (PortName name : PortName.values()) {
            String number = written.getProperty(prefix + name.name());
            if (number != null) {
                numbers.put(name, Integer.valueOf(number));
            }
        }
        return numbers;
    }

    public URI gateway() {
        return http(PortName.GATEWAY);
    }

    /** Where app clients connect. */
    public URI edge() {
        return URI.create("ws://localhost:" + ports.of(PortName.EDGE) + "/connection/websocket");
    }

    /** What the push providers of this machine took: a JSON array. */
    public URI pushes() {
        return http(PortName.PUSH_PROVIDERS).resolve("/pushes");
    }

    /** Installs an app on a device of this provider's: {@code POST}, answers with its token. */
    public URI pushTokens(String provider) {
        return http(PortName.PUSH_PROVIDERS).resolve("/tokens/" + provider);
    }

    public String kafkaBootstrapServers() {
        return "localhost:" + ports.of(PortName.KAFKA);
    }

    public URI http(PortName service) {
        return URI.create("http://localhost:" + ports.of(service));
    }

    /** 200 only when the service can do its work. */
    public URI readiness(PortName service) {
        return http(service).resolve(READINESS);
    }

    /** The same of one process. */
    public URI readiness(Node node) {
        return URI.create("http://localhost:" + ports.of(node, node.service().port()) + READINESS);
    }

    public void write(DataDir data) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("gateway.url", gateway().toString());
        properties.setProperty("broadcast.url", http(PortName.BROADCAST).toString());
        properties.setProperty("group-status.url", http(PortName.GROUP_STATUS).toString());
        properties.setProperty("template.url", http(PortName.TEMPLATE).toString());
        properties.setProperty("delivery.url", http(PortName.DELIVERY).toString());
        properties.setProperty("edge.url", edge().toString());
        properties.setProperty("pushes.url", pushes().toString());
        properties.setProperty("kafka.bootstrap.servers", kafkaBootstrapServers());
        ports.numbers().forEach((name, port) -> properties.setProperty(PORT + name.name(), Integer.toString(port)));
        properties.setProperty(NODES, Integer.toString(ports.nodes()));
        for (int i = 0; i < ports.own().size(); i++) {
            String prefix = PORT + (i + 1) + ".";
            ports.own()
                    .get(i)
                    .forEach((name, port) -> properties.setProperty(prefix + name.name(), Integer.toString(port)));
        }
        Secrets.writePrivately(properties, data.endpoints(), "Where this installation is reached while it runs.");
    }

    public static void delete(DataDir data) throws IOException {
        Files.deleteIfExists(data.endpoints());
    }
}
