package dev.fanfare.runtime.health;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;

/** What the health checks ask the brokers. An answer comes, or fails, within 3 s. */
@ApplicationScoped
class HealthAdmin {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Admin admin;

    HealthAdmin(@Identifier("default-kafka-broker") Map<String, Object> brokers) {
        Map<String, Object> config = new HashMap<>();
        brokers.forEach((name, value) -> {
            if (AdminClientConfig.configNames().contains(name)) {
                config.put(name, value);
            }
        });
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        this.admin = Admin.create(config);
    }

    Uni<Set<String>> topics() {
        return Uni.createFrom().completionStage(() -> admin.listTopics().names().toCompletionStage());
    }

    Uni<ConsumerGroupDescription> group(String id) {
        return Uni.createFrom().completionStage(() -> admin.describeConsumerGroups(List.of(id))
                .describedGroups()
                .get(id)
                .toCompletionStage());
    }

    @PreDestroy
    void close() {
        admin.close(Duration.ZERO);
    }
}
