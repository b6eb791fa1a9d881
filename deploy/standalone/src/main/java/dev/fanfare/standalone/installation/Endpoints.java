package dev.fanfare.standalone.installation;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Where a running installation is reached. Written to {@code run/endpoints.properties} when all is ready and deleted when
 * it stops, so that other commands and tests find an installation with free ports.
 */
public record Endpoints(Ports ports) {

    private static final String PORT = "port.";

    /** Those of the installation that runs on {@code data}; the default ports if none does. */
    public static Endpoints of(DataDir data) throws IOException {
        Map<PortName, Integer> numbers = new TreeMap<>();
        if (Files.exists(data.endpoints())) {
            Properties written = new Properties();
            try (Reader reader = Files.newBufferedReader(data.endpoints())) {
                written.load(reader);
            }
            for (PortName name : PortName.values()) {
                String number = written.getProperty(PORT + name.name());
                if (number != null) {
                    numbers.put(name, Integer.valueOf(number));
                }
            }
        }
        return new Endpoints(new Ports(numbers));
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
        return http(service).resolve("/q/health/ready");
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
        Secrets.writePrivately(properties, data.endpoints(), "Where this installation is reached while it runs.");
    }

    public static void delete(DataDir data) throws IOException {
        Files.deleteIfExists(data.endpoints());
    }
}
