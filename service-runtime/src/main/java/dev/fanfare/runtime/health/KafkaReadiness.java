package dev.fanfare.runtime.health;

import dev.fanfare.contracts.topic.Topic;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only while the brokers answer and have every topic of the catalogue; names those that are missing. */
@Readiness
@ApplicationScoped
public class KafkaReadiness implements AsyncHealthCheck {

    private static final String NAME = "kafka";

    private final HealthAdmin admin;

    KafkaReadiness(HealthAdmin admin) {
        this.admin = admin;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return admin.topics().map(KafkaReadiness::judge).onFailure().recoverWithItem(e -> HealthCheckResponse.named(
                        NAME)
                .down()
                .withData("reason", "the brokers do not answer")
                .build());
    }

    private static HealthCheckResponse judge(Set<String> present) {
        List<String> missing = Arrays.stream(Topic.values())
                .map(Topic::topicName)
                .filter(name -> !present.contains(name))
                .toList();
        return missing.isEmpty()
                ? HealthCheckResponse.up(NAME)
                : HealthCheckResponse.named(NAME)
                        .down()
                        .withData("missing topics", String.join(", ", missing))
                        .build();
    }
}
