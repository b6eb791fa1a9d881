package dev.fanfare.testkit.infra;

import dev.fanfare.contracts.topic.Topic;
import dev.fanfare.contracts.topic.TopicProvisioner;
import dev.fanfare.embedded.FreePorts;
import dev.fanfare.embedded.LocalKafka;
import dev.fanfare.embedded.LocalPostgres;
import dev.fanfare.embedded.LocalRedis;
import dev.fanfare.testkit.tls.TestAuthority;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * A Kafka, a PostgreSQL and a Redis that let nobody in without TLS and a password, embedded, and what a service has to be
 * configured with to get in: the keys of docs/security.md, and no others. Not thread-safe.
 */
final class SecuredServers implements Closeable {

    private static final int PARTITIONS = 3;
    private static final String USER = "fanfare";
    private static final String PASSWORD = "password-of-the-tests";
    private static final String SCRAM = "SCRAM-SHA-512";

    private final Path directory;
    private final TestAuthority tls;
    private final Map<String, String> config = new HashMap<>();
    private final Deque<Closeable> started = new ArrayDeque<>();

    private SecuredServers(Path directory, TestAuthority tls) {
        this.directory = directory;
        this.tls = tls;
    }

    /** Starts all three, or none. */
    static SecuredServers start() throws Exception {
        Path directory = Files.createTempDirectory("fanfare-test-secured");
        SecuredServers servers = new SecuredServers(directory, TestAuthority.in(directory));
        try {
            servers.startKafka();
            servers.startPostgres();
            servers.startRedis();
        } catch (Exception e) {
            servers.close();
            throw e;
        }
        return servers;
    }

    /** What a service is configured with. */
    Map<String, String> config() {
        return Map.copyOf(config);
    }

    private void startKafka() throws IOException, ExecutionException, InterruptedException {
        LocalKafka kafka = LocalKafka.start(
                directory.resolve("kafka"),
                FreePorts.next(),
                Map.of(),
                brokerProperties(),
                List.of(SCRAM + "=[name=" + USER + ",password=" + PASSWORD + "]"));
        started.push(kafka::close);
        config.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        clientProperties().forEach((name, value) -> config.put("kafka." + name, value));

        Map<String, Object> client = new HashMap<>(clientProperties());
        client.put("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            new TopicProvisioner(admin).createMissing(SecuredServers::partitions, (short) 1);
        }
    }

    private static int partitions(Topic topic) {
        return Math.min(PARTITIONS, topic.partitions());
    }

    /** The broker is a client of its own, by the listener that it has for all. */
    private Map<String, String> brokerProperties() throws IOException {
        Map<String, String> properties = trust();
        properties.put(
                "listener.security.protocol.map",
                LocalKafka.LISTENER + ":SASL_SSL," + LocalKafka.CONTROLLER_LISTENER + ":PLAINTEXT");
        properties.put("sasl.enabled.mechanisms", SCRAM);
        properties.put("sasl.mechanism.inter.broker.protocol", SCRAM);
        properties.put("listener.name.client.scram-sha-512.sasl.jaas.config", jaas());
        properties.put("ssl.keystore.type", "PEM");
        properties.put("ssl.keystore.certificate.chain", Files.readString(tls.certificate()));
        properties.put("ssl.keystore.key", Files.readString(tls.key()));
        return properties;
    }

    private Map<String, String> clientProperties() {
        Map<String, String> properties = trust();
        properties.put("security.protocol", "SASL_SSL");
        properties.put("sasl.mechanism", SCRAM);
        properties.put("sasl.jaas.config", jaas());
        return properties;
    }

    private Map<String, String> trust() {
        Map<String, String> properties = new HashMap<>();
        properties.put("ssl.truststore.type", "PEM");
        properties.put("ssl.truststore.location", tls.authority().toString());
        return properties;
    }

    private static String jaas() {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + USER + "\" password=\""
                + PASSWORD + "\";";
    }

    private void startPostgres() throws IOException, SQLException {
        Path access = directory.resolve("pg_hba.conf");
        Files.writeString(
                access,
                """
                hostssl all       postgres  127.0.0.1/32  trust
                hostssl fanfare   fanfare   127.0.0.1/32  scram-sha-256
                """);
        LocalPostgres postgres = LocalPostgres.start(
                directory.resolve("postgres").resolve("data"),
                FreePorts.next(),
                Redirect.PIPE,
                Map.of(
                        "ssl", "on",
                        "ssl_cert_file", tls.certificate().toString(),
                        "ssl_key_file", tls.key().toString(),
                        "hba_file", access.toString()));
        started.push(postgres::close);
        try (Connection connection = DriverManager.getConnection(postgres.jdbcUrl(), LocalPostgres.USER, null);
                Statement statement = connection.createStatement()) {
            statement.execute("create role " + USER + " login password '" + PASSWORD + "'");
            statement.execute("grant create on database " + LocalPostgres.DATABASE + " to " + USER);
        }
        String authority = tls.authority().toString();
        config.put("quarkus.datasource.username", USER);
        config.put("quarkus.datasource.password", PASSWORD);
        config.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl() + "?sslmode=verify-full&sslrootcert=" + authority);
        config.put("quarkus.datasource.reactive.url", postgres.reactiveUrl());
        config.put("quarkus.datasource.reactive.postgresql.ssl-mode", "verify-full");
        config.put("quarkus.datasource.reactive.hostname-verification-algorithm", "HTTPS");
        config.put("quarkus.datasource.reactive.trust-certificate-pem", "true");
        config.put("quarkus.datasource.reactive.trust-certificate-pem.certs", authority);
    }

    private void startRedis() throws IOException {
        int port = FreePorts.next();
        LocalRedis redis = LocalRedis.start(directory.resolve("redis"), port, redisOptions(port));
        started.push(redis::close);
        config.put("quarkus.redis.hosts", "rediss://" + USER + ":" + PASSWORD + "@127.0.0.1:" + port);
        config.put("quarkus.redis.tls.trust-certificate-pem", "true");
        config.put(
                "quarkus.redis.tls.trust-certificate-pem.certs", tls.authority().toString());
        config.put("quarkus.redis.tls.hostname-verification-algorithm", "HTTPS");
    }

    private List<String> redisOptions(int port) {
        return Stream.of(
                        List.of("--port", "0", "--tls-port", Integer.toString(port), "--tls-auth-clients", "no"),
                        List.of("--tls-cert-file", tls.certificate().toString()),
                        List.of("--tls-key-file", tls.key().toString()),
                        List.of("--user", "default", "off"),
                        List.of("--user", USER, "on", ">" + PASSWORD, "~fanfare:*", "&*"),
                        List.of("+@all", "-@admin", "-@dangerous", "+info"))
                .flatMap(List::stream)
                .toList();
    }

    @Override
    public void close() throws IOException {
        while (!started.isEmpty()) {
            started.pop().close();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(SecuredServers::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
