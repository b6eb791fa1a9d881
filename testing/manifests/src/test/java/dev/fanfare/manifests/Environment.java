package dev.fanfare.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** What a service is told by variables must be what it asks for: nothing misspelt, nothing missing, nothing of another's. */
final class Environment {

    private static final Set<String> OF_POSTGRES = variables(
            "quarkus.datasource.username",
            "quarkus.datasource.password",
            "quarkus.datasource.jdbc.url",
            "quarkus.datasource.reactive.url");
    private static final Set<String> OF_POSTGRES_TLS = variables(
            "quarkus.datasource.reactive.postgresql.ssl-mode",
            "quarkus.datasource.reactive.hostname-verification-algorithm",
            "quarkus.datasource.reactive.trust-certificate-jks",
            "quarkus.datasource.reactive.trust-certificate-jks.path");
    private static final Set<String> OF_REDIS = variables("quarkus.redis.hosts", "quarkus.redis.password");
    private static final Set<String> OF_REDIS_TLS = variables("quarkus.redis.tls.hostname-verification-algorithm");
    private static final Set<String> OF_KAFKA = Stream.of(
                    AdminClientConfig.configNames(), ProducerConfig.configNames(), ConsumerConfig.configNames())
            .flatMap(Set::stream)
            .map(key -> ConfigKey.variable("kafka." + key))
            .collect(Collectors.toSet());

    private Environment() {}

    /** @param variables by name; values that are not known here are empty */
    static void check(ServiceCode service, Map<String, String> variables) {
        Set<String> unknown = new TreeSet<>(variables.keySet());
        unknown.removeIf(variable -> isAskedFor(service, variable));
        assertThat(unknown)
                .as("variables of %s that nothing asks for", service.name())
                .isEmpty();

        Set<String> missing = new TreeSet<>(neededBy(service));
        missing.removeAll(variables.keySet());
        assertThat(missing).as("variables that %s needs", service.name()).isEmpty();
    }

    private static boolean isAskedFor(ServiceCode service, String variable) {
        return service.keys().stream().anyMatch(key -> key.isSetBy(variable))
                || OF_KAFKA.contains(variable)
                || (service.usesPostgres() && (OF_POSTGRES.contains(variable) || OF_POSTGRES_TLS.contains(variable)))
                || (service.usesRedis() && (OF_REDIS.contains(variable) || OF_REDIS_TLS.contains(variable)));
    }

    private static Set<String> neededBy(ServiceCode service) {
        Set<String> needed = new TreeSet<>(variables("kafka.bootstrap.servers"));
        Stream.of(service.required(), service.urlsOfOthers())
                .flatMap(Set::stream)
                .forEach(key -> needed.add(ConfigKey.variable(key)));
        if (service.usesPostgres()) {
            needed.addAll(OF_POSTGRES);
        }
        if (service.usesRedis()) {
            needed.addAll(OF_REDIS);
        }
        if (service.callsItself()) {
            needed.addAll(variables("fanfare.node.host"));
        }
        return needed;
    }

    private static Set<String> variables(String... keys) {
        return Arrays.stream(keys).map(ConfigKey::variable).collect(Collectors.toSet());
    }
}
