package dev.fanfare.standalone.installation;

import java.nio.file.Path;

/** The five services, which run as processes of their own. */
public enum ServiceName {
    API_GATEWAY("api-gateway", PortName.GATEWAY),
    BROADCAST("broadcast-service", PortName.BROADCAST),
    GROUP_STATUS("group-status-service", PortName.GROUP_STATUS),
    TEMPLATE("template-service", PortName.TEMPLATE),
    DELIVERY("delivery-service", PortName.DELIVERY);

    private final String module;
    private final PortName port;

    ServiceName(String module, PortName port) {
        this.module = module;
        this.port = port;
    }

    /** Its folder in the repository, which is also its name. */
    public String module() {
        return module;
    }

    public PortName port() {
        return port;
    }

    /** What the build made of it. */
    public Path jar(Path home) {
        return home.resolve(module)
                .resolve("target/quarkus-app/quarkus-run.jar")
                .toAbsolutePath();
    }
}
