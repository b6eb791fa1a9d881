package dev.fanfare.standalone.installation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ServiceConfigTest {

    private static final String CREDENTIAL_KEY = "00".repeat(32);
    private static final String CREDENTIAL_KEY_BASE64 = Base64.getEncoder().encodeToString(new byte[32]);
    private static final String SETTINGS_KEY = "69".repeat(32);
    private static final String SETTINGS_KEY_BASE64 = "aWlp".repeat(10) + "aWk=";
    private static final Map<String, String> KNOWN = Map.of(
            "signing-secret",
            "signing",
            "token-key-secret",
            "tokens",
            "internal-key-secret",
            "internal",
            "admin-token-secret",
            "admin",
            "producer-secret",
            "producer",
            CREDENTIAL_KEY_BASE64,
            "credentials",
            SETTINGS_KEY_BASE64,
            "settings",
            DemoApp.SECRET,
            "demo app",
            DemoApp.ZIM_SERVER_SECRET,
            "demo app, ZIM");

    private final Secrets secrets = new Secrets(
            Secret.of("signing-secret"),
            Secret.of("token-key-secret"),
            Secret.of("internal-key-secret"),
            Secret.of("admin-token-secret"),
            Secret.of("producer-secret"),
            Secret.of(CREDENTIAL_KEY),
            Secret.of(SETTINGS_KEY));
    private final ServiceConfig config = new ServiceConfig(
            new Ports(Map.of(PortName.KAFKA, 1, PortName.POSTGRES, 2, PortName.REDIS, 3, PortName.EDGE, 4)), secrets);

    @TempDir
    Path dir;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    API_GATEWAY  | admin demo-app demo-app,-ZIM internal settings signing tokens
                    BROADCAST    | internal producer signing
                    GROUP_STATUS | internal producer signing
                    TEMPLATE     | producer signing
                    DELIVERY     | credentials internal settings tokens
                    """)
    void givesEachServiceTheSecretsItNeedsAndNoOther(ServiceName service, String expected) {
        // When
        var values = config.of(new Node(service, 1)).values();

        // Then
        Set<String> given = new TreeSet<>();
        values.forEach(value -> given.add(KNOWN.getOrDefault(value, "").replace(' ', '-')));
        given.remove("");
        assertThat(String.join(" ", given)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    API_GATEWAY  | true  | true
                    BROADCAST    | true  | false
                    GROUP_STATUS | true  | false
                    TEMPLATE     | false | false
                    DELIVERY     | true  | true
                    """)
    void tellsWhereTheInfrastructureIsThatAServiceUses(ServiceName service, boolean postgres, boolean redis) {
        // When
        var properties = config.of(new Node(service, 1));

        // Then
        assertThat(properties.getProperty("kafka.bootstrap.servers")).isEqualTo("127.0.0.1:1");
        assertThat(properties.getProperty("quarkus.datasource.reactive.url"))
                .isEqualTo(postgres ? "postgresql://127.0.0.1:2/fanfare" : null);
        assertThat(properties.getProperty("quarkus.redis.hosts")).isEqualTo(redis ? "redis://127.0.0.1:3" : null);
    }

    @ParameterizedTest
    @EnumSource
    void listensOnLoopbackOnly(ServiceName service) {
        // When
        var properties = config.of(new Node(service, 1));

        // Then
        assertThat(properties)
                .containsEntry("quarkus.http.host", "127.0.0.1")
                .containsEntry(
                        "quarkus.http.port", Integer.toString(service.port().defaultPort()));
        assertThat(properties.getProperty("fanfare.edge.host")).isIn(null, "127.0.0.1");
    }

    @Test
    void isReadableByTheOwnerOnly() throws Exception {
        // When
        config.write(new Node(ServiceName.API_GATEWAY, 1), Map.of(), dir);

        // Then
        Path file = dir.resolve("config/application.properties");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file).content().contains("fanfare.mode=standalone");
    }

    @Test
    void whatIsGivenCountsMoreThanItsOwn() throws Exception {
        // When
        config.write(
                new Node(ServiceName.DELIVERY, 1),
                Map.of("quarkus.http.host", "0.0.0.0", "quarkus.vertx.event-loops-pool-size", "1"),
                dir);

        // Then
        assertThat(dir.resolve("config/application.properties"))
                .content()
                .contains("quarkus.http.host=0.0.0.0", "quarkus.vertx.event-loops-pool-size=1", "fanfare.edge.port=")
                .doesNotContain("quarkus.http.host=127.0.0.1");
    }

    @Test
    void aNodeBesideAnotherHasPortsOfItsOwnAndLeavesInPeace() {
        // Given
        ServiceConfig two = new ServiceConfig(new Ports(Map.of(), 2, List.of()), secrets);

        // When
        var delivery = two.of(new Node(ServiceName.DELIVERY, 2));
        var gateway = two.of(new Node(ServiceName.API_GATEWAY, 1));

        // Then
        assertThat(delivery)
                .containsEntry("quarkus.http.port", "8284")
                .containsEntry("fanfare.edge.port", "8290")
                .containsEntry("fanfare.drain.rate", "50")
                .containsEntry("fanfare.drain.timeout", "100s");
        assertThat(gateway)
                .containsEntry("quarkus.http.port", "8180")
                .containsEntry("fanfare.delivery.url", "http://127.0.0.1:8084")
                .doesNotContainKey("quarkus.shutdown.delay");
    }
}
