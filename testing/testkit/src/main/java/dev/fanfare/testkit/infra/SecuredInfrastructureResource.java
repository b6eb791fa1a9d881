package dev.fanfare.testkit.infra;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives a Quarkus test a Kafka, a PostgreSQL and a Redis of its own that take nothing but TLS with a password: {@code
 * @QuarkusTestResource(value = SecuredInfrastructureResource.class, restrictToAnnotatedClass = true)}. Always embedded.
 */
public final class SecuredInfrastructureResource implements QuarkusTestResourceLifecycleManager {

    /** After the {@link InfrastructureResource} of the module's other tests, whose addresses these replace. */
    private static final int LAST = 100;

    private SecuredServers servers;

    @Override
    public int order() {
        return LAST;
    }

    @Override
    public Map<String, String> start() {
        try {
            servers = SecuredServers.start();
        } catch (Exception e) {
            throw new IllegalStateException("the secured infrastructure for the tests failed", e);
        }
        Map<String, String> config = new HashMap<>(servers.config());
        // The embedded broker logs into this JVM's log.
        config.put("quarkus.log.category.\"kafka\".level", "WARN");
        config.put("quarkus.log.category.\"state.change.logger\".level", "WARN");
        return config;
    }

    @Override
    public void stop() {
        try {
            if (servers != null) {
                servers.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the secured infrastructure for the tests does not stop", e);
        }
    }
}
