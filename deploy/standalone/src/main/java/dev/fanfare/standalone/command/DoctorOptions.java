package dev.fanfare.standalone.command;

import dev.fanfare.contracts.Secret;
import dev.fanfare.embedded.LocalPostgres;
import dev.fanfare.standalone.doctor.ConfigurationExamination;
import dev.fanfare.standalone.doctor.EdgeExamination;
import dev.fanfare.standalone.doctor.Examination;
import dev.fanfare.standalone.doctor.KafkaExamination;
import dev.fanfare.standalone.doctor.Migrations;
import dev.fanfare.standalone.doctor.PostgresExamination;
import dev.fanfare.standalone.doctor.PushExamination;
import dev.fanfare.standalone.doctor.RedisExamination;
import dev.fanfare.standalone.doctor.ServiceExamination;
import dev.fanfare.standalone.installation.DataDir;
import dev.fanfare.standalone.installation.Endpoints;
import dev.fanfare.standalone.installation.PortName;
import dev.fanfare.standalone.installation.Secrets;
import dev.fanfare.standalone.installation.ServiceName;
import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the doctor looks at: the installation on this machine, or the parts whose addresses are given. */
final class DoctorOptions {

    private static final String LOOPBACK = "127.0.0.1";

    @Mixin
    private DataOption data;

    @ArgGroup(exclusive = false, heading = "%nParts elsewhere (only those given are looked at):%n")
    private Elsewhere elsewhere;

    /** Parts of an installation that is not this machine's. */
    private static final class Elsewhere {

        @Option(
                names = "--service",
                paramLabel = "NAME=URL",
                description =
                        "The HTTP port of a service; once for each node of it. delivery-service=http://10.0.0.7:8084")
        private List<String> services = List.of();

        @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Kafka's bootstrap servers.")
        private String kafka;

        @Option(
                names = "--kafka-config",
                paramLabel = "FILE",
                description = "Kafka client configuration as properties: TLS, SASL.")
        private Path kafkaConfig;

        @Option(
                names = "--postgres",
                paramLabel = "URL",
                description = "jdbc:postgresql://HOST:PORT/DATABASE; the password is in the variable PGPASSWORD.")
        private String postgres;

        @Option(
                names = "--postgres-user",
                paramLabel = "USER",
                defaultValue = "fanfare",
                description = "Default: ${DEFAULT-VALUE}.")
        private String postgresUser;

        @Option(
                names = "--redis",
                paramLabel = "HOST:PORT",
                description = "Redis; the password, if any, is in the variable REDIS_PASSWORD.")
        private String redis;

        @Option(
                names = "--gateway",
                paramLabel = "URL",
                description =
                        "The gateway's admin API, for push credentials; the token is in the variable ADMIN_TOKEN.")
        private URI gateway;
    }

    /** By the heading under which what they find is told. */
    List<Examination> examinations() throws IOException {
        return elsewhere == null ? ofThisMachine() : ofOthers();
    }

    private List<Examination> ofThisMachine() throws IOException {
        DataDir dir = data.dataDir();
        List<Examination> examinations = new ArrayList<>();
        examinations.add(new ConfigurationExamination(dir));
        if (!Files.exists(dir.endpoints())) {
            return examinations;
        }
        Endpoints endpoints = Endpoints.of(dir);
        examinations.add(new KafkaExamination(Map.of("bootstrap.servers", endpoints.kafkaBootstrapServers())));
        examinations.add(new PostgresExamination(
                "jdbc:postgresql://" + LOOPBACK + ":" + endpoints.ports().of(PortName.POSTGRES) + "/"
                        + LocalPostgres.DATABASE,
                LocalPostgres.USER,
                Secret.of(LocalPostgres.PASSWORD),
                Migrations.newest(DataOption.home()),
                Clock.systemUTC()));
        examinations.add(new RedisExamination(
                new InetSocketAddress(LOOPBACK, endpoints.ports().of(PortName.REDIS)),
                Optional.empty(),
                Clock.systemUTC()));
        for (ServiceName service : ServiceName.values()) {
            examinations.add(new ServiceExamination(service.module(), endpoints.http(service.port())));
        }
        examinations.add(new EdgeExamination(endpoints.ports().of(PortName.EDGE)));
        examinations.add(new PushExamination(
                endpoints.gateway(), Secrets.keptIn(dir.secrets()).adminToken()));
        return examinations;
    }

    private List<Examination> ofOthers() throws IOException {
        List<Examination> examinations = new ArrayList<>();
        if (elsewhere.kafka != null) {
            examinations.add(new KafkaExamination(kafkaClient()));
        }
        if (elsewhere.postgres != null) {
            examinations.add(new PostgresExamination(
                    elsewhere.postgres,
                    elsewhere.postgresUser,
                    variable("PGPASSWORD").orElse(Secret.of("")),
                    Migrations.newest(DataOption.home()),
                    Clock.systemUTC()));
        }
        if (elsewhere.redis != null) {
            URI address = URI.create("redis://" + elsewhere.redis);
            examinations.add(new RedisExamination(
                    new InetSocketAddress(address.getHost(), address.getPort()),
                    variable("REDIS_PASSWORD"),
                    Clock.systemUTC()));
        }
        elsewhere.services.forEach(service -> examinations.add(service(service)));
        if (elsewhere.gateway != null) {
            examinations.add(new PushExamination(
                    elsewhere.gateway, variable("ADMIN_TOKEN").orElse(Secret.of(""))));
        }
        return examinations;
    }

    private static ServiceExamination service(String nameAndUrl) {
        String[] parts = nameAndUrl.split("=", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("--service takes NAME=URL, not " + nameAndUrl);
        }
        return new ServiceExamination(parts[0], URI.create(parts[1]));
    }

    private Map<String, Object> kafkaClient() throws IOException {
        Map<String, Object> client = new HashMap<>();
        if (elsewhere.kafkaConfig != null) {
            Properties properties = new Properties();
            try (Reader reader = Files.newBufferedReader(elsewhere.kafkaConfig)) {
                properties.load(reader);
            }
            properties.stringPropertyNames().forEach(name -> client.put(name, properties.getProperty(name)));
        }
        client.put("bootstrap.servers", elsewhere.kafka);
        return client;
    }

    private static Optional<Secret> variable(String name) {
        return Optional.ofNullable(System.getenv(name)).map(Secret::of);
    }
}
