package dev.fanfare.runtime.startup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.runtime.startup.StartupGuard.Mode;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartupGuardTest {

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
        var resolved = StartupGuard.resolved(configOf(Map.of(name, value)));

        // When
        var check = assertThatThrownBy(() -> StartupGuard.check(Mode.CLUSTER, resolved));

        // Then
        check.isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(name)
                .hasMessageNotContaining(value.trim());
    }

    @Test
    void refusesAKnownSecretFromTheEnvironment() {
        // Given
        var environment = new EnvConfigSource(Map.of("FANFARE_PRODUCERS_GATEWAY_SECRET", "changeme"), 300);
        var config = new SmallRyeConfigBuilder().withSources(environment).build();

        // When
        var check = assertThatThrownBy(() -> StartupGuard.check(Mode.CLUSTER, StartupGuard.resolved(config)));

        // Then
        check.isInstanceOf(IllegalStateException.class);
    }

    @Test
    void acceptsKnownSecretsInStandaloneMode() {
        // Given
        SortedMap<String, String> resolved =
                new TreeMap<>(Map.of("fanfare.apps.demo-app-key.secret", "demo-app-secret"));

        // When
        var check = assertThatCode(() -> StartupGuard.check(Mode.STANDALONE, resolved));

        // Then
        check.doesNotThrowAnyException();
    }

    @Test
    void acceptsSecretsOfOnesOwnInACluster() {
        // Given
        SortedMap<String, String> resolved =
                new TreeMap<>(Map.of("fanfare.producers.gateway.secret", "kZ0pQ", "fanfare.mode", "cluster"));

        // When
        var check = assertThatCode(() -> StartupGuard.check(Mode.CLUSTER, resolved));

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

    private static Config configOf(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build();
    }
}
