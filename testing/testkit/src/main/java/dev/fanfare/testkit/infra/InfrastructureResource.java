package dev.fanfare.testkit.infra;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
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
            kafkaClient(infrastructure).forEach((name, value) -> config.put("kafka." + name, value));
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

    /** A module that is no service comes in as the tests do. */
    private static Map<String, String> kafkaClient(TestInfrastructure infrastructure) {
        return service()
                .map(infrastructure::kafkaClientOf)
                .orElseGet(() -> Map.of("bootstrap.servers", infrastructure.kafkaBootstrapServers()));
    }

    private static Optional<String> service() {
        try {
            for (URL file : Collections.list(
                    Thread.currentThread().getContextClassLoader().getResources("application.properties"))) {
                Properties properties = new Properties();
                try (InputStream in = file.openStream()) {
                    properties.load(in);
                }
                String name = properties.getProperty("quarkus.application.name");
                if (name != null) {
                    return Optional.of(name);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The infrastructure outlives the test class: it is the JVM's. */
    @Override
    public void stop() {}
}
