package dev.fanfare.gateway.app;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the apps are in memory; from then on PostgreSQL may be away. */
@Readiness
@ApplicationScoped
public class AppsReadiness implements HealthCheck {

    private final AppDirectory directory;

    AppsReadiness(AppDirectory directory) {
        this.directory = directory;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("apps loaded")
                .status(directory.isLoaded())
                .build();
    }
}
