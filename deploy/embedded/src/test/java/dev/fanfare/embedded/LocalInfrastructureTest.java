package dev.fanfare.embedded;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.topic.TopicProvisioner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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

    @Test
    void redisStartsAgainEmptyOnTheSamePort() throws Exception {
        // Given
        int port = FreePorts.next();
        try (LocalRedis redis = LocalRedis.start(dir.resolve("redis"), port)) {
            assertThat(ask(port, "SET lost yes")).isEqualTo("+OK");

            // When
            redis.stop();
            redis.start();

            // Then
            assertThat(ask(port, "GET lost")).isEqualTo("$-1");
        }
    }

    @Test
    void redisSaysWhyItDoesNotStart() throws Exception {
        // Given
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread refuser = new Thread(() -> refuseAll(taken));
            refuser.start();

            // When
            var start = assertThatThrownBy(() -> LocalRedis.start(dir.resolve("redis"), taken.getLocalPort()));

            // Then
            start.hasMessageContaining("port " + taken.getLocalPort()).hasMessageContaining("Address already in use");
        }
    }

    private static void refuseAll(ServerSocket server) {
        try {
            while (true) {
                server.accept().close();
            }
        } catch (IOException e) {
            assertThat(server.isClosed()).isTrue();
        }
    }

    private static String ask(int port, String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
            return answer.readLine();
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
