package dev.fanfare.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The NetworkPolicies are the architecture's picture, no more and no less. */
class NetworkTest {

    private static final int KAFKA = 9092;
    private static final int POSTGRES = 5432;
    private static final int REDIS = 6379;
    private static final int DNS = 53;
    private static final int HTTPS = 443;

    @ParameterizedTest
    @MethodSource("dev.fanfare.manifests.Rendering#all")
    void allowThePictureAndNothingElse(Rendering rendering) {
        // Given
        Set<String> picture = new TreeSet<>();
        for (Workload workload : rendering.services()) {
            ServiceCode service = ServiceCode.of(workload.name());
            picture.addAll(arrowsOf(service, workload.container()));
        }
        picture.add("ingress -> api-gateway:" + ServiceCode.of("api-gateway").port());
        picture.add("ingress -> delivery-service:"
                + ServiceCode.of("delivery-service").byDefault("fanfare.edge.port"));
        picture.add("delivery-service -> internet:" + HTTPS);
        if (rendering.overlay().equals(Rendering.DEMO)) {
            picture.addAll(Set.of(
                    "topics -> kafka:" + KAFKA,
                    "kafka -> kafka:" + KAFKA,
                    "topics -> dns:" + DNS,
                    "kafka -> dns:" + DNS,
                    "postgres -> dns:" + DNS,
                    "redis -> dns:" + DNS));
        }

        // When
        Arrows arrows = new Arrows(rendering);

        // Then
        assertThat(arrows.allowed()).isEqualTo(picture);
        assertThat(arrows.halves()).as("rules that allow nothing").isEmpty();
    }

    private static Set<String> arrowsOf(ServiceCode service, Container container) {
        Set<String> arrows = new TreeSet<>();
        String from = service.name() + " -> ";
        arrows.add(from + "dns:" + DNS);
        arrows.add(from + "kafka:" + KAFKA);
        arrows.add("monitoring -> " + service.name() + ":" + service.port());
        if (service.usesPostgres()) {
            arrows.add(from + "postgres:" + POSTGRES);
        }
        if (service.usesRedis()) {
            arrows.add(from + "redis:" + REDIS);
        }
        if (service.callsItself()) {
            arrows.add(from + service.name() + ":" + service.port());
        }
        for (String key : service.urlsOfOthers()) {
            URI other = container.getEnv().stream()
                    .filter(variable -> variable.getName().equals(ConfigKey.variable(key)))
                    .map(EnvVar::getValue)
                    .map(URI::create)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(service.name() + " is not told " + key));
            arrows.add(from + other.getHost() + ":" + other.getPort());
        }
        return arrows;
    }
}
