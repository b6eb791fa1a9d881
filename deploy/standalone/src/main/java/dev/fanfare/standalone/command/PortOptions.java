package dev.fanfare.standalone.command;

import dev.fanfare.standalone.installation.PortName;
import dev.fanfare.standalone.installation.Ports;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where the parts listen; all on loopback. */
final class PortOptions {

    private final Map<PortName, Integer> chosen = new EnumMap<>(PortName.class);

    @Option(
            names = "--free-ports",
            description = "Ports that are free, for all that is not named; see the table, or run/endpoints.properties.")
    private boolean free;

    Ports ports() {
        return free ? Ports.free(chosen) : new Ports(chosen);
    }

    @Option(names = "--gateway-port", paramLabel = "PORT", description = "For the server API (default: 8080).")
    void gatewayPort(int port) {
        chosen.put(PortName.GATEWAY, port);
    }

    @Option(names = "--broadcast-port", paramLabel = "PORT", description = "For broadcast-service (default: 8081).")
    void broadcastPort(int port) {
        chosen.put(PortName.BROADCAST, port);
    }

    @Option(
            names = "--group-status-port",
            paramLabel = "PORT",
            description = "For group-status-service (default: 8082).")
    void groupStatusPort(int port) {
        chosen.put(PortName.GROUP_STATUS, port);
    }

    @Option(names = "--template-port", paramLabel = "PORT", description = "For template-service (default: 8083).")
    void templatePort(int port) {
        chosen.put(PortName.TEMPLATE, port);
    }

    @Option(
            names = "--delivery-port",
            paramLabel = "PORT",
            description = "For delivery-service: health, metrics (default: 8084).")
    void deliveryPort(int port) {
        chosen.put(PortName.DELIVERY, port);
    }

    @Option(names = "--edge-port", paramLabel = "PORT", description = "For app clients (default: 8090).")
    void edgePort(int port) {
        chosen.put(PortName.EDGE, port);
    }

    @Option(names = "--kafka-port", paramLabel = "PORT", description = "For Kafka (default: 9092).")
    void kafkaPort(int port) {
        chosen.put(PortName.KAFKA, port);
    }

    @Option(names = "--postgres-port", paramLabel = "PORT", description = "For PostgreSQL (default: 15432).")
    void postgresPort(int port) {
        chosen.put(PortName.POSTGRES, port);
    }

    @Option(names = "--redis-port", paramLabel = "PORT", description = "For Redis (default: 16379).")
    void redisPort(int port) {
        chosen.put(PortName.REDIS, port);
    }
}
