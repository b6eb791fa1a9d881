package dev.fanfare.testkit.infra;

import dev.fanfare.contracts.topic.TopicProvisioner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.containers.Container;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * In containers, as production has it; needs a Docker engine. Stopping pauses a container, so that its port stays. The
 * images are others with the variables {@code KAFKA_IMAGE}, {@code POSTGRES_IMAGE} and {@code REDIS_IMAGE}, as in the
 * compose file.
 */
final class ContainerInfrastructure implements TestInfrastructure {

    private static final int PARTITIONS = 3;
    private static final int REDIS_PORT = 6379;

    private KafkaContainer kafka;
    private PostgreSQLContainer postgres;
    private GenericContainer<?> redis;

    private synchronized KafkaContainer kafka() {
        if (kafka == null) {
            KafkaContainer starting = new KafkaContainer(image("KAFKA_IMAGE", "apache/kafka:4.1.1"))
                    .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
            starting.start();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", starting.getBootstrapServers()))) {
                new TopicProvisioner(admin).createMissing(topic -> Math.min(PARTITIONS, topic.partitions()), (short) 1);
            } catch (Exception e) {
                throw new IllegalStateException("the topics for the tests could not be created", e);
            }
            kafka = starting;
        }
        return kafka;
    }

    private synchronized PostgreSQLContainer postgres() {
        if (postgres == null) {
            postgres = new PostgreSQLContainer(image("POSTGRES_IMAGE", "postgres:17"));
            postgres.start();
        }
        return postgres;
    }

    private synchronized GenericContainer<?> redis() {
        if (redis == null) {
            redis = new GenericContainer<>(image("REDIS_IMAGE", "redis:7.4"))
                    // In memory only: what it holds may be lost at any moment.
                    .withCommand("redis-server", "--save", "", "--protected-mode", "no")
                    .withExposedPorts(REDIS_PORT)
                    .waitingFor(Wait.forListeningPort());
            redis.start();
        }
        return redis;
    }

    private static DockerImageName image(String variable, String usual) {
        return DockerImageName.parse(System.getenv().getOrDefault(variable, usual))
                .asCompatibleSubstituteFor(DockerImageName.parse(usual));
    }

    @Override
    public String kafkaBootstrapServers() {
        return kafka().getBootstrapServers();
    }

    @Override
    public Map<String, String> kafkaClientOf(String service) {
        return Map.of("bootstrap.servers", kafkaBootstrapServers());
    }

    @Override
    public String postgresJdbcUrl() {
        return postgres().getJdbcUrl();
    }

    @Override
    public String postgresReactiveUrl() {
        return postgres().getJdbcUrl().replaceFirst("^jdbc:", "");
    }

    @Override
    public String postgresUser() {
        return postgres().getUsername();
    }

    @Override
    public String postgresPassword() {
        return postgres().getPassword();
    }

    @Override
    public String redisUrl() {
        return "redis://" + redis().getHost() + ":" + redis().getMappedPort(REDIS_PORT);
    }

    @Override
    public void stopKafka() {
        pause(kafka());
    }

    @Override
    public void startKafka() {
        unpause(kafka());
    }

    @Override
    public void stopPostgres() {
        pause(postgres());
    }

    @Override
    public void startPostgres() {
        unpause(postgres());
    }

    @Override
    public void stopRedis() {
        // A pause alone would keep the data.
        try {
            Container.ExecResult flushed = redis().execInContainer("redis-cli", "FLUSHALL");
            if (flushed.getExitCode() != 0) {
                throw new IllegalStateException("Redis could not be emptied: " + flushed.getStderr());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while Redis was emptied", e);
        }
        pause(redis());
    }

    @Override
    public void startRedis() {
        unpause(redis());
    }

    private static void pause(GenericContainer<?> container) {
        container
                .getDockerClient()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    private static void unpause(GenericContainer<?> container) {
        container
                .getDockerClient()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }
}
