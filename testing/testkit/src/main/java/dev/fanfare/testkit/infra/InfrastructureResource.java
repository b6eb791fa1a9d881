package dev.fanfare.testkit.infra;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Gives a Quarkus test its infrastructure: {@code @QuarkusTestResource(value = InfrastructureResource.class, initArgs =
 * @ResourceArg(name = "needs", value = "kafka,postgres,redis"))}. Without {@code needs} it is all three.
 */
public final class InfrastructureResource implements QuarkusTestResourceLifecycleManager {

    private Set<String> needs = Set.of("kafka", "postgres", "redis");

    @Override
    public void init(Map<String, String> initArgs) {
        String given = initArgs.get("needs");
        if (given != null) {
            needs = Set.copyOf(Arrays.asList(given.split(",")));
        }
    }

    @Override
    public Map<String, String> start() {
        TestInfrastructure infrastructure = TestInfrastructure.shared();
        Map<String, String> config = new HashMap<>();
        if (needs.contains("kafka")) {
            config.put("kafka.bootstrap.servers", infrastructure.kafkaBootstrapServers());
            // The embedded broker logs into this JVM's log.
            config.put("quarkus.log.category.\"kafka\".level", "WARN");
            config.put("quarkus.log.category.\"state.change.logger\".level", "WARN");
        }
        if (needs.contains("postgres")) {
            config.put("quarkus.datasource.jdbc.url", infrastructure.postgresJdbcUrl());
            config.put("quarkus.datasource.reactive.url", infrastructure.postgresReactiveUrl());
            config.put("quarkus.datasource.username", infrastructure.postgresUser());
            config.put("quarkus.datasource.password", infrastructure.postgresPassword());
        }
        if (needs.contains("redis")) {
            config.put("quarkus.redis.hosts", infrastructure.redisUrl());
        }
        return config;
    }

    /** The infrastructure outlives the test class: it is the JVM's. */
    @Override
    public void stop() {}
}
