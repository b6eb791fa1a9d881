package dev.fanfare.testkit.infra;

import dev.fanfare.embedded.FreePorts;
import dev.fanfare.embedded.LocalKafka;
import dev.fanfare.embedded.LocalPostgres;
import dev.fanfare.embedded.LocalRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** In this JVM and its child processes; nothing needs to be installed. */
final class EmbeddedInfrastructure implements TestInfrastructure {

    /** Few partitions: a test reads all of a topic, and order per key is the same. */
    private static final int PARTITIONS = 3;

    private GuardedKafka kafka;
    private LocalPostgres postgres;
    private LocalRedis redis;

    EmbeddedInfrastructure() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    private synchronized GuardedKafka kafka() {
        if (kafka == null) {
            kafka = starting("Kafka", () -> {
                GuardedKafka started = GuardedKafka.start(temporary("kafka"));
                started.broker().createTopics(topic -> Math.min(PARTITIONS, topic.partitions()));
                return started;
            });
        }
        return kafka;
    }

    private synchronized LocalPostgres postgres() {
        if (postgres == null) {
            postgres = starting(
                    "PostgreSQL",
                    () -> LocalPostgres.start(temporary("postgres").resolve("data"), FreePorts.next()));
        }
        return postgres;
    }

    private synchronized LocalRedis redis() {
        if (redis == null) {
            redis = starting("Redis", () -> LocalRedis.start(FreePorts.next()));
        }
        return redis;
    }

    @Override
    public String kafkaBootstrapServers() {
        return kafka().broker().bootstrapServers();
    }

    @Override
    public Map<String, String> kafkaClientOf(String service) {
        return kafka().clientOf(service);
    }

    @Override
    public String postgresJdbcUrl() {
        return postgres().jdbcUrl();
    }

    @Override
    public String postgresReactiveUrl() {
        return postgres().reactiveUrl();
    }

    @Override
    public String postgresUser() {
        return LocalPostgres.USER;
    }

    @Override
    public String postgresPassword() {
        return LocalPostgres.PASSWORD;
    }

    @Override
    public String redisUrl() {
        return redis().url();
    }

    @Override
    public void stopKafka() {
        kafka().broker().stop();
    }

    @Override
    public void startKafka() {
        starting("Kafka", () -> {
            kafka().broker().start();
            return null;
        });
    }

    @Override
    public void stopPostgres() {
        starting("PostgreSQL", () -> {
            postgres().stop();
            return null;
        });
    }

    @Override
    public void startPostgres() {
        starting("PostgreSQL", () -> {
            postgres().start();
            return null;
        });
    }

    @Override
    public void stopRedis() {
        starting("Redis", () -> {
            redis().stop();
            return null;
        });
    }

    @Override
    public void startRedis() {
        starting("Redis", () -> {
            redis().start();
            return null;
        });
    }

    private synchronized void close() {
        LocalKafka broker = kafka == null ? null : kafka.broker();
        Stream.of(broker, postgres, redis).filter(Objects::nonNull).forEach(EmbeddedInfrastructure::close);
    }

    private static void close(AutoCloseable part) {
        starting("closing", () -> {
            part.close();
            return null;
        });
    }

    private static Path temporary(String name) throws IOException {
        Path directory = Files.createTempDirectory("fanfare-test-" + name);
        directory.toFile().deleteOnExit();
        return directory;
    }

    private static <T> T starting(String what, Callable<T> action) {
        try {
            return action.call();
        } catch (Exception e) {
            throw new IllegalStateException(what + " for the tests failed", e);
        }
    }
}
