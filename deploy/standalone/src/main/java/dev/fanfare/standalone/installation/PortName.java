package dev.fanfare.standalone.installation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The ports of an installation. PostgreSQL's and Redis' defaults leave room for those that a developer has anyway. */
public enum PortName {
    GATEWAY("api-gateway", "--gateway-port", 8080),
    BROADCAST("broadcast-service", "--broadcast-port", 8081),
    GROUP_STATUS("group-status-service", "--group-status-port", 8082),
    TEMPLATE("template-service", "--template-port", 8083),
    DELIVERY("delivery-service", "--delivery-port", 8084),
    EDGE("the client edge", "--edge-port", 8090),
    KAFKA("Kafka", "--kafka-port", 9092),
    POSTGRES("PostgreSQL", "--postgres-port", 15432),
    REDIS("Redis", "--redis-port", 16379),
    PUSH_PROVIDERS("the page of the push providers", "--push-providers-port", 8095);

    /** Those that each node of a service has for itself. */
    static final Set<PortName> OF_NODES =
            Collections.unmodifiableSet(EnumSet.of(GATEWAY, BROADCAST, GROUP_STATUS, TEMPLATE, DELIVERY, EDGE));

    private final String part;
    private final String option;
    private final int defaultPort;

    PortName(String part, String option, int defaultPort) {
        this.part = part;
        this.option = option;
        this.defaultPort = defaultPort;
    }

    /** Who listens there. */
    public String part() {
        return part;
    }

    /** The command line option that changes it. */
    public String option() {
        return option;
    }

    public int defaultPort() {
        return defaultPort;
    }
}
