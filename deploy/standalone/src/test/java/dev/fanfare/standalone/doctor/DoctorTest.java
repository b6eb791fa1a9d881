package dev.fanfare.standalone.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.fanfare.contracts.Secret;
import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.embedded.FreePorts;
import dev.fanfare.embedded.LocalKafka;
import dev.fanfare.embedded.LocalPostgres;
import dev.fanfare.embedded.LocalRedis;
import dev.fanfare.standalone.installation.DataDir;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

    private static final String MISSING = Topic.DELIVERY_PUSH.topicName();
    private static final String CHANGED = Topic.DELIVERY_DIRECT.topicName();

    @TempDir
    Path dir;

    @Test
    void kafkaWithoutATopicAndWithAChangedOneIsTold() throws Exception {
        // Given
        try (LocalKafka kafka = LocalKafka.start(dir.resolve("kafka"), FreePorts.next())) {
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            kafka.createTopics(topic -> 1);
            assertThat(new KafkaExamination(client).examine()).allMatch(Finding::isWell);
            spoil(client);

            // When
            List<Finding> findings = new KafkaExamination(client).examine();

            // Then
            assertThat(findings.stream().filter(finding -> !finding.isWell()))
                    .extracting(Finding::text)
                    .containsExactlyInAnyOrder(
                            "topics are missing: " + MISSING,
                            CHANGED + " has message.timestamp.type=CreateTime instead of LogAppendTime");
        }
    }

    private static void spoil(Map<String, Object> client) throws Exception {
        try (Admin admin = Admin.create(client)) {
            admin.deleteTopics(List.of(MISSING)).all().get();
            // The broker's list of topics follows a moment after its answer.
            await().until(() -> !admin.listTopics().names().get().contains(MISSING));
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, CHANGED),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("message.timestamp.type", "CreateTime"),
                                    AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    @Test
    void postgresTellsItsSchemasAndItsClock() throws Exception {
        // Given
        try (LocalPostgres postgres = LocalPostgres.start(dir.resolve("postgres"), FreePorts.next())) {
            execute(
                    postgres,
                    "create schema delivery",
                    "create table delivery.flyway_schema_history (version varchar, success boolean)",
                    "insert into delivery.flyway_schema_history values ('1', true), ('2', true), (null, true)");
            Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1));

            execute(postgres, "create database bytes template template0 encoding 'SQL_ASCII' locale 'C'");

            // When
            List<Finding> findings = new PostgresExamination(
                            postgres.jdbcUrl(),
                            LocalPostgres.USER,
                            Secret.of(LocalPostgres.PASSWORD),
                            new TreeMap<>(Map.of("delivery", 2, "gateway", 1)),
                            slow)
                    .examine();

            // Then
            assertThat(findings).hasSize(4);
            assertThat(findings.get(0).text()).startsWith("its clock is 60.").endsWith("before this machine's");
            assertThat(findings.get(1)).isEqualTo(Finding.well("PostgreSQL", "keeps texts in UTF8"));
            assertThat(findings.get(2)).isEqualTo(Finding.well("PostgreSQL", "schema delivery is at version 2"));
            assertThat(findings.get(3).text()).isEqualTo("schema gateway has never been migrated");
            assertThat(new PostgresExamination(
                                    postgres.jdbcUrl().replace("/" + LocalPostgres.DATABASE, "/bytes"),
                                    LocalPostgres.USER,
                                    Secret.of(LocalPostgres.PASSWORD),
                                    new TreeMap<>(),
                                    Clock.systemUTC())
                            .examine())
                    .filteredOn(finding -> !finding.isWell())
                    .extracting(Finding::text)
                    .containsExactly("keeps texts in SQL_ASCII");
        }
    }

    private static void execute(LocalPostgres postgres, String... statements) throws Exception {
        try (var connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), LocalPostgres.USER, LocalPostgres.PASSWORD);
                var statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void redisTellsItsClock() throws Exception {
        // Given
        int port = FreePorts.next();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (LocalRedis redis = LocalRedis.start(dir.resolve("redis"), port)) {

            // When
            List<Finding> findings = new RedisExamination(address, Optional.empty(), Clock.systemUTC()).examine();

            // Then
            assertThat(findings).singleElement().matches(Finding::isWell);
            redis.stop();
            assertThat(new RedisExamination(address, Optional.empty(), Clock.systemUTC()).examine())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.text()).contains("cannot be asked on"));
        }
    }

    @Test
    void aPartThatIsNotThereIsAFindingNotAFailure() {
        // Given
        int nobody = FreePorts.next();

        // When
        List<List<Finding>> findings = List.of(
                new KafkaExamination(Map.of("bootstrap.servers", "127.0.0.1:" + nobody)).examine(),
                new PostgresExamination(
                                "jdbc:postgresql://127.0.0.1:" + nobody + "/f",
                                "f",
                                Secret.of("s3cret"),
                                Map.of(),
                                Clock.systemUTC())
                        .examine(),
                new ServiceExamination("api-gateway", URI.create("http://127.0.0.1:" + nobody)).examine(),
                new PushExamination(URI.create("http://127.0.0.1:" + nobody), Secret.of("s3cret")).examine(),
                new ConfigurationExamination(new DataDir(dir.resolve("none"))).examine());

        // Then
        assertThat(findings).allSatisfy(one -> assertThat(one).singleElement().satisfies(finding -> {
            assertThat(finding.isWell()).isFalse();
            assertThat(finding.toString()).doesNotContain("s3cret");
        }));
    }

    @Test
    void aServiceSaysWhatIsMissingAndSinceWhen() throws Exception {
        // Given
        String answer =
                """
                {"status":"DOWN","checks":[{"name":"consumers","status":"UP"},{"name":"kafka","status":"DOWN",
                 "data":{"since":"2026-05-01T12:00:00Z","reason":"the brokers do not answer"}}]}""";
        try (Answering service =
                new Answering(Map.of("/q/health/ready", answer, "/q/health/well", "{\"checks\":[]}"))) {

            // When
            List<Finding> findings = new ServiceExamination("api-gateway", service.url()).examine();

            // Then
            assertThat(findings).singleElement().satisfies(finding -> {
                assertThat(finding.text())
                        .isEqualTo("kafka is down since 2026-05-01T12:00:00Z: reason the brokers do not answer");
                assertThat(finding.advice()).contains("kafka.bootstrap.servers");
            });
        }
    }

    @Test
    void aCredentialThatTheProviderRefusesIsNamed() throws Exception {
        // Given
        try (Answering gateway = new Answering(Map.of(
                "/admin/v1/apps", "[{\"appKey\":\"shop\"}]",
                "/admin/v1/apps/shop/push", "[{\"provider\":\"apns\"},{\"provider\":\"fcm\"}]",
                "/admin/v1/apps/shop/push/apns/check", "{\"provider\":\"apns\",\"problem\":null}",
                "/admin/v1/apps/shop/push/fcm/check", "{\"provider\":\"fcm\",\"problem\":\"invalid_grant\"}"))) {

            // When
            List<Finding> findings = new PushExamination(gateway.url(), Secret.of("admin")).examine();

            // Then
            assertThat(findings)
                    .extracting(Finding::text)
                    .containsExactly("1 can be used", "app shop, fcm: invalid_grant");
        }
    }

    @Test
    void secretsThatOthersCanReadAreTold() throws Exception {
        // Given
        DataDir data = new DataDir(dir);
        Files.createFile(
                data.secrets(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));

        // When
        List<Finding> findings = new ConfigurationExamination(data).examine();

        // Then
        assertThat(findings)
                .extracting(Finding::text)
                .contains(data.secrets() + " can be read by others", "the installation is not running")
                .filteredOn(text -> text.endsWith("is missing"))
                .hasSize(5);
    }

    /** Answers by path, 404 otherwise. */
    private static final class Answering implements AutoCloseable {

        private final HttpServer server;

        Answering(Map<String, String> answers) throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                String answer = answers.get(exchange.getRequestURI().getPath());
                byte[] bytes = (answer == null ? "" : answer).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
        }

        URI url() {
            return URI.create("http://localhost:" + server.getAddress().getPort());
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
