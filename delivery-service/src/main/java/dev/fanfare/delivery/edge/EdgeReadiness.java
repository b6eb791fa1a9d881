package dev.fanfare.delivery.edge;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while clients can connect: the window is full, user access and the settings of apps are known, the port is open. */
@Readiness
@ApplicationScoped
public class EdgeReadiness implements HealthCheck {

    private final EdgeServer server;

    public EdgeReadiness(EdgeServer server) {
        this.server = server;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("client edge")
                .status(server.isServing())
                .build();
    }
}
