package dev.fanfare.delivery.edge;

import dev.fanfare.delivery.access.UserAccessTable;
import dev.fanfare.delivery.app.AppSettingsFollower;
import dev.fanfare.delivery.window.BroadcastStream;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Says that the node must be started anew when it cannot follow the stream any more; an outage of Kafka is no such case. */
@Liveness
@ApplicationScoped
public class EdgeLiveness implements HealthCheck {

    private final BroadcastStream stream;
    private final UserAccessTable access;
    private final AppSettingsFollower settings;

    public EdgeLiveness(BroadcastStream stream, UserAccessTable access, AppSettingsFollower settings) {
        this.stream = stream;
        this.access = access;
        this.settings = settings;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("broadcast stream, user access and app settings are followed")
                .status(stream.isAlive() && access.isAlive() && settings.isAlive())
                .build();
    }
}
