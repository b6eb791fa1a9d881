package dev.fanfare.testkit.infra;

import dev.fanfare.embedded.FreePorts;
import dev.fanfare.embedded.LocalKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;

/**
 * A broker with two doors. A service under test comes in by its own, has to say who it is, and may do what production
 * allows it, so that no test passes with a right that it will not have there. The tests come in by the other and may do
 * everything.
 */
final class GuardedKafka {

    private static final String SERVICES = "SERVICES";
    private static final String PASSWORD = "password-of-the-tests";

    private final LocalKafka broker;
    private final int servicesPort;

    private GuardedKafka(LocalKafka broker, int servicesPort) {
        this.broker = broker;
        this.servicesPort = servicesPort;
    }

    static GuardedKafka start(Path dataDir) throws IOException, ExecutionException, InterruptedException {
        List<ServiceUser> users = ServiceUser.all();
        int servicesPort = FreePorts.next();
        LocalKafka broker = LocalKafka.start(
                dataDir,
                FreePorts.next(),
                Map.of(SERVICES, servicesPort),
                Map.of(
                        "listener.security.protocol.map",
                        Stream.of(LocalKafka.LISTENER, LocalKafka.CONTROLLER_LISTENER)
                                .map(listener -> listener + ":PLAINTEXT,")
                                .collect(Collectors.joining("", "", SERVICES + ":SASL_PLAINTEXT")),
                        "listener.name.services.sasl.enabled.mechanisms",
                        "PLAIN",
                        "listener.name.services.plain.sasl.jaas.config",
                        users.stream()
                                .map(user -> " user_" + user.name() + "=\"" + PASSWORD + "\"")
                                .collect(Collectors.joining("", login(""), ";")),
                        "authorizer.class.name",
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "super.users",
                        "User:ANONYMOUS"),
                List.of());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createAcls(users.stream()
                            .flatMap(user -> user.rights().stream())
                            .toList())
                    .all()
                    .get();
        }
        return new GuardedKafka(broker, servicesPort);
    }

    LocalKafka broker() {
        return broker;
    }

    /** What the clients of a service are configured with. */
    Map<String, String> clientOf(String service) {
        return Map.of(
                "bootstrap.servers",
                "127.0.0.1:" + servicesPort,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                login(" username=\"" + ServiceUser.nameOf(service) + "\" password=\"" + PASSWORD + "\";"));
    }

    private static String login(String options) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required" + options;
    }
}
