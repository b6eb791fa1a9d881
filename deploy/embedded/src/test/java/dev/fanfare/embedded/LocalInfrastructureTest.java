package dev.fanfare.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.topic.TopicProvisioner;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalInfrastructureTest {

    @TempDir
    Path dir;

    @Test
    void kafkaKeepsItsTopicsOverARestart() throws Exception {
        // Given
        try (LocalKafka kafka = LocalKafka.start(dir.resolve("kafka"), FreePorts.next())) {
            kafka.createTopics(topic -> 1);

            // When
            kafka.stop();
            kafka.start();

            // Then
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                assertThat(new TopicProvisioner(admin).missing()).isEmpty();
                assertThat(Topic.values()).isNotEmpty();
            }
        }
    }

    @Test
    void postgresKeepsItsDataOverARestart() throws Exception {
        // Given
        try (LocalPostgres postgres = LocalPostgres.start(dir.resolve("postgres"), FreePorts.next())) {
            execute(postgres, "create table kept (n int)");

            // When
            postgres.stop();
            postgres.start();

            // Then
            assertThat(execute(postgres, "insert into kept values (1)")).isEqualTo(1);
        }
    }

    private static int execute(LocalPostgres postgres, String sql) throws Exception {
        try (var connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), LocalPostgres.USER, LocalPostgres.PASSWORD);
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
