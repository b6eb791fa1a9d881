package dev.fanfare.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the services are told in a cluster is what they ask for. */
class ConfigurationTest {

    private static final Pattern SECRET =
            Pattern.compile(".*(_SECRET|_PASSWORD|_TOKEN|INTERNAL_KEY|CREDENTIAL_KEY|_KEYS_[A-Z0-9_]+|JAAS_CONFIG)");
    private static final Pattern WITH_HOST = Pattern.compile("(jdbc:)?(http|postgresql|redis)://([a-z-]+):(\\d+).*");

    /** What make-secrets.sh makes: by the name of the Secret its variables. */
    private static final Map<String, Map<String, String>> SECRETS =
            Yaml.documents(Script.run(
                            Repository.KUBERNETES.resolve("make-secrets.sh").toString()))
                    .stream()
                    .map(document -> (Secret) KubernetesModel.parse(document))
                    .collect(Collectors.toMap(secret -> secret.getMetadata().getName(), Secret::getStringData));

    @ParameterizedTest
    @MethodSource("dev.fanfare.manifests.Rendering#all")
    void servicesAreToldWhatTheyAskForAndNoMore(Rendering rendering) {
        // Given
        List<Workload> services = rendering.services();

        // Then
        assertThat(services).extracting(Workload::name).containsExactlyInAnyOrderElementsOf(ServiceCode.NAMES);
        services.forEach(service -> Environment.check(ServiceCode.of(service.name()), variables(service, rendering)));
    }

    @ParameterizedTest
    @MethodSource("dev.fanfare.manifests.Rendering#all")
    void addressesInTheNamespaceAreThoseOfServices(Rendering rendering) {
        // Given
        Set<String> services = rendering.all(Service.class).stream()
                .flatMap(service -> service.getSpec().getPorts().stream()
                        .map(port -> service.getMetadata().getName() + ":" + port.getPort()))
                .collect(Collectors.toSet());

        // When
        Set<String> addresses = new HashSet<>();
        for (Workload workload : rendering.services()) {
            for (String value : variables(workload, rendering).values()) {
                var address = WITH_HOST.matcher(value);
                if (address.matches()) {
                    addresses.add(address.group(3) + ":" + address.group(4));
                }
            }
        }

        // Then
        assertThat(services).containsAll(addresses);
        assertThat(addresses).contains("group-status-service:8082", "delivery-service:8084");
    }

    @ParameterizedTest
    @MethodSource("dev.fanfare.manifests.Rendering#all")
    void noSecretStandsInTheManifests(Rendering rendering) {
        // Then
        assertThat(rendering.all(Secret.class)).isEmpty();
        for (Workload workload : Workload.in(rendering)) {
            assertThat(workload.variables())
                    .as(workload.name())
                    .filteredOn(variable -> SECRET.matcher(variable.getName()).matches())
                    .allSatisfy(variable -> assertThat(variable.getValueFrom().getSecretKeyRef())
                            .isNotNull());
        }
        rendering.configMaps().forEach((name, data) -> assertThat(data.keySet())
                .as(name)
                .noneMatch(key -> SECRET.matcher(key).matches()));
    }

    @ParameterizedTest
    @MethodSource("dev.fanfare.manifests.Rendering#all")
    void whatIsReferredToExists(Rendering rendering) {
        for (Workload workload : Workload.in(rendering)) {
            for (EnvFromSource source : workload.container().getEnvFrom()) {
                if (source.getConfigMapRef() != null) {
                    assertThat(rendering.configMaps())
                            .as(workload.name())
                            .containsKey(source.getConfigMapRef().getName());
                } else {
                    assertThat(SECRETS)
                            .as(workload.name())
                            .containsKey(source.getSecretRef().getName());
                }
            }
            workload.variables().stream()
                    .filter(variable -> variable.getValueFrom() != null)
                    .map(variable -> variable.getValueFrom().getSecretKeyRef())
                    .filter(reference -> reference != null && !Boolean.TRUE.equals(reference.getOptional()))
                    .forEach(reference -> assertThat(keysOf(reference)).contains(reference.getKey()));
        }
    }

    @Test
    void everySecretIsMadeAtRandom() {
        // When
        String again =
                Script.run(Repository.KUBERNETES.resolve("make-secrets.sh").toString());

        // Then no value is the same the next time, but names and user names
        SECRETS.forEach((name, data) -> data.forEach((key, value) -> {
            if (SECRET.matcher(key).matches()) {
                assertThat(value).as(key).hasSizeGreaterThanOrEqualTo(44);
                assertThat(again).contains(key).doesNotContain(value);
            }
        }));
    }

    @ParameterizedTest
    @MethodSource("dev.fanfare.manifests.Rendering#all")
    void secretsThatBelongTogetherAreTheSame(Rendering rendering) {
        // Given who signs, and by which name
        String name = SECRETS.get("fanfare-signing").get("FANFARE_SIGNING_KEY_ID");
        String secret = SECRETS.get("fanfare-signing").get("FANFARE_SIGNING_SECRET");

        // Then those who verify know it
        assertThat(SECRETS.get("fanfare-producers"))
                .containsEntry("FANFARE_PRODUCERS_" + ConfigKey.variable(name) + "_SECRET", secret);
        assertThat(rendering.services())
                .filteredOn(service -> ServiceCode.of(service.name()).keys().stream()
                        .anyMatch(key -> key.name().equals("fanfare.producers.*.secret")))
                .hasSize(3)
                .allSatisfy(service ->
                        assertThat(variables(service, rendering)).containsKey("FANFARE_PRODUCERS_GATEWAY_SECRET"));
    }

    private static Set<String> keysOf(SecretKeySelector reference) {
        assertThat(SECRETS).containsKey(reference.getName());
        return SECRETS.get(reference.getName()).keySet();
    }

    private static Map<String, String> variables(Workload workload, Rendering rendering) {
        Map<String, String> variables = new TreeMap<>();
        for (EnvFromSource source : workload.container().getEnvFrom()) {
            variables.putAll(
                    source.getConfigMapRef() != null
                            ? rendering
                                    .configMaps()
                                    .get(source.getConfigMapRef().getName())
                            : SECRETS.get(source.getSecretRef().getName()));
        }
        for (EnvVar variable : workload.variables()) {
            assertThat(variables).as("twice in %s", workload.name()).doesNotContainKey(variable.getName());
            variables.put(variable.getName(), variable.getValue() == null ? "" : variable.getValue());
        }
        return variables;
    }

    @ParameterizedTest
    @MethodSource("dev.fanfare.manifests.Rendering#all")
    void theNodesAreToldWhereTheyAre(Rendering rendering) {
        // Given
        Workload delivery = rendering.services().stream()
                .filter(service -> service.name().equals("delivery-service"))
                .findFirst()
                .orElseThrow();

        // When the default is made with the pod's address
        String url = ServiceCode.of("delivery-service")
                .byDefault("fanfare.node.advertised-url")
                .replace("${fanfare.node.host:localhost}", "10.1.2.3")
                .replace("${quarkus.http.port:8084}", "8084");

        // Then it is that of internal HTTP
        assertThat(delivery.variables())
                .filteredOn(variable -> variable.getName().equals("FANFARE_NODE_HOST"))
                .singleElement()
                .extracting(variable -> variable.getValueFrom().getFieldRef().getFieldPath())
                .isEqualTo("status.podIP");
        assertThat(URI.create(url).getPort())
                .isEqualTo(ServiceCode.of("delivery-service").port());
    }
}
