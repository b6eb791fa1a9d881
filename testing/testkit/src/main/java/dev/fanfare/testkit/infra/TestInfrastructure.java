package dev.fanfare.testkit.infra;

import java.util.Map;

/**
 * The Kafka, PostgreSQL and Redis of a test run. They are started once per JVM, when first asked for, and shared by all
 * its tests: so tests use app keys, users and groups of their own. Embedded by default; in containers with
 * {@code FANFARE_INFRA=container}.
 */
public interface TestInfrastructure {

    /** Names the way to run the infrastructure: {@code embedded} (default) or {@code container}. */
    String SWITCH = "FANFARE_INFRA";

    /** Where tests come in, and may do everything. */
    String kafkaBootstrapServers();

    /**
     * What the Kafka clients of a service are configured with. Embedded, the service has to log in and has the rights that
     * production gives it; in containers it may do everything.
     *
     * @param service its folder's name
     */
    Map<String, String> kafkaClientOf(String service);

    String postgresJdbcUrl();

    String postgresReactiveUrl();

    String postgresUser();

    String postgresPassword();

    String redisUrl();

    /** Takes Kafka away until {@link #startKafka()}. */
    void stopKafka();

    void startKafka();

    /** Takes PostgreSQL away until {@link #startPostgres()}. */
    void stopPostgres();

    void startPostgres();

    /** Takes Redis away, with all its data, until {@link #startRedis()}. */
    void stopRedis();

    void startRedis();

    /** The infrastructure of this JVM. */
    static TestInfrastructure shared() {
        return SharedInfrastructure.INSTANCE;
    }
}
