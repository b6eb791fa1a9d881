package dev.fanfare.runtime.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.runtime.startup.StartupGuard.Mode;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupGuardTest {

    private static final KnownKeys KEYS = KnownKeys.read();

    @ParameterizedTest
    @CsvSource({
        "fanfare.apps.demo-app-key.secret, demo-app-secret",
        "fanfare.apps.demo-app-key.zim-server-secret, 00112233445566778899AABBCCDDEEFF",
        "fanfare.producers.gateway.secret, change-me",
        "FANFARE_INTERNAL_KEY, ' changeme '",
        "fanfare.push.credential-key, ZmFuZmFyZS1kZW1vLWNyZWRlbnRpYWwta2V5LTMyISE=",
        "quarkus.datasource.password, postgres"
    })
    void refusesAKnownSecretInACluster(String name, String value) {
        // Given
        var resolved = StartupGuard.resolved(configOf(Map.of(name, value)), KEYS);

        // When
        var check = assertThatThrownBy(() -> StartupGuard.check(Mode.CLUSTER, resolved, KEYS));

        // Then
        check.isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining(value.trim());
    }

    @Test
    void refusesAKnownSecretFromTheEnvironment() {
        // Given
        var config = configOf(new EnvConfigSource(Map.of("FANFARE_PRODUCERS_GATEWAY_SECRET", "changeme"), 300));

        // When
        var check =
                assertThatThrownBy(() -> StartupGuard.check(Mode.CLUSTER, StartupGuard.resolved(config, KEYS), KEYS));

        // Then
        check.isInstanceOf(ConfigurationException.class);
    }

    @Test
    void acceptsKnownSecretsInStandaloneMode() {
        // Given
        SortedMap<String, String> resolved =
                new TreeMap<>(Map.of("fanfare.apps.demo-app-key.secret", "demo-app-secret"));

        // When
        var check = assertThatCode(() -> StartupGuard.check(Mode.STANDALONE, resolved, KEYS));

        // Then
        check.doesNotThrowAnyException();
    }

    @Test
    void acceptsSecretsOfOnesOwnInACluster() {
        // Given
        SortedMap<String, String> resolved =
                new TreeMap<>(Map.of("fanfare.producers.gateway.secret", "kZ0pQ", "fanfare.mode", "cluster"));

        // When
        var check = assertThatCode(() -> StartupGuard.check(Mode.CLUSTER, resolved, KEYS));

        // Then
        check.doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "fanfare.apps.demo-app-key.secret, true",
        "fanfare.apps.demo-app-key.zim-server-secret, true",
        "fanfare.internal.key, true",
        "FANFARE_INTERNAL_KEY, true",
        "fanfare.admin.token, true",
        "fanfare.tokens.keys.k1, true",
        "fanfare.push.credential-key, true",
        "fanfare.push.previous-credential-keys.k0, true",
        "fanfare.settings.secret-key, true",
        "fanfare.settings.previous-secret-keys.k0, true",
        "fanfare.mode, false",
        "fanfare.group-status.url, false"
    })
    void knowsWhichValuesNotToShow(String name, boolean secret) {
        assertThat(KnownSecrets.isSecretName(name)).isEqualTo(secret);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fanfare.producres.gateway.secret",
                "fanfare.window.lenght",
                "fanfare.edge",
                "fanfare.edge.tls.certificates",
                "FANFARE_WINDW_LENGTH",
                "FANFARE_TOKENS_KEY_K1"
            })
    void refusesAKeyThatThereIsNotInOneLine(String name) {
        // Given
        var resolved = StartupGuard.resolved(configOf(Map.of(name, "1")), KEYS);

        // When
        var check = assertThatThrownBy(() -> StartupGuard.check(Mode.STANDALONE, resolved, KEYS));

        // Then
        check.isInstanceOf(ConfigurationException.class)
                .message()
                .contains(name)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "fanfare.edge.max-unsent-bytes, -1",
        "FANFARE_SESSION_PING_INTERVAL, -25s",
        "fanfare.edge.max-connections-per-second-per-address, ' -0.5'"
    })
    void refusesWhatIsNegative(String name, String value) {
        // Given
        var resolved = StartupGuard.resolved(configOf(Map.of(name, value)), KEYS);

        // When
        var check = assertThatThrownBy(() -> StartupGuard.check(Mode.STANDALONE, resolved, KEYS));

        // Then
        check.isInstanceOf(ConfigurationException.class)
                .hasMessage(name + " is " + value.strip() + ": it must not be negative");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fanfare.producers.demo-producer.secret",
                "fanfare.producers.\"with.dot\".secret",
                "fanfare.push.lane.breaker-open",
                "fanfare.edge.trusted-proxies[1]",
                "fanfare.apps.a.zim-app-id",
                "fanfare.node.host",
                "FANFARE_TOKENS_KEYS_K1",
                "FANFARE_EDGE_MAX_CONNECTIONS",
                "FANFARE_API_GATEWAY_SERVICE_HOST",
                "FANFARE_API_GATEWAY_PORT_8080_TCP_ADDR",
                "KAFKA_HOME"
            })
    void takesKeysOfAllServicesAndLeavesOthersVariablesAlone(String name) {
        // Given
        var resolved = StartupGuard.resolved(configOf(Map.of(name, "1")), KEYS);

        // When
        var check = assertThatCode(() -> StartupGuard.check(Mode.STANDALONE, resolved, KEYS));

        // Then
        check.doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FANFARE_TOKENS_KEYS_K1",
                "FANFARE_EDGE_MAX_CONNECTIONS",
                "FANFARE_API_GATEWAY_SERVICE_HOST",
                "FANFARE_API_GATEWAY_PORT_8080_TCP_ADDR",
                "FANFARE_INFRA"
            })
    void takesAnEnvironmentThatServicesShare(String name) {
        // Given
        var config = configOf(new EnvConfigSource(Map.of(name, "1"), 300));

        // When
        var check =
                assertThatCode(() -> StartupGuard.check(Mode.STANDALONE, StartupGuard.resolved(config, KEYS), KEYS));

        // Then
        check.doesNotThrowAnyException();
    }

    @Test
    void refusesAVariableThatThereIsNotByTheNameThatWasWritten() {
        // Given
        var config = configOf(new EnvConfigSource(Map.of("FANFARE_WINDW_LENGTH", "1"), 300));

        // When
        var check = assertThatThrownBy(
                () -> StartupGuard.check(Mode.STANDALONE, StartupGuard.resolved(config, KEYS), KEYS));

        // Then
        check.isInstanceOf(ConfigurationException.class).hasMessageContaining("FANFARE_WINDW_LENGTH");
    }

    @Test
    void showsWhatItFoundWithoutSecrets() {
        // Given
        var resolved = StartupGuard.resolved(
                configOf(Map.of(
                        "fanfare.internal.key", "s3cret",
                        "fanfare.push.credential-key", "s3cret",
                        "fanfare.push.credential-key-id", "k7",
                        "FANFARE_ADMIN_TOKEN", "s3cret",
                        "fanfare.signing.secrt", "s3cret",
                        "quarkus.redis.hosts", "redis://app:s3cret@redis:6379",
                        "quarkus.datasource.jdbc.url", "jdbc:postgresql://db/fanfare?user=f&password=s3cret&ssl=true",
                        "QUARKUS_DATASOURCE_PASSWORD", "s3cret",
                        "kafka.bootstrap.servers", "kafka:9092",
                        "quarkus.banner.enabled", "false")),
                KEYS);

        // When
        String shown = StartupGuard.shown(resolved, KEYS);

        // Then
        assertThat(shown.lines().map(String::strip))
                .containsExactly(
                        "FANFARE_ADMIN_TOKEN=***",
                        "QUARKUS_DATASOURCE_PASSWORD=***",
                        "fanfare.internal.key=***",
                        "fanfare.push.credential-key=***",
                        "fanfare.push.credential-key-id=k7",
                        "fanfare.signing.secrt=***",
                        "kafka.bootstrap.servers=kafka:9092",
                        "quarkus.datasource.jdbc.url=jdbc:postgresql://db/fanfare?user=f&password=***&ssl=true",
                        "quarkus.redis.hosts=redis://app:***@redis:6379");
    }

    private static Config configOf(Map<String, String> properties) {
        return configOf(new PropertiesConfigSource(properties, "test", 100));
    }

    private static Config configOf(ConfigSource source) {
        return new SmallRyeConfigBuilder().withSources(source).build();
    }
}
