package dev.fanfare.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KustomizationTest {

    private static final Set<String> OF_STRIMZI = Set.of("Kafka", "KafkaNodePool", "KafkaTopic", "KafkaUser");

    @ParameterizedTest
    @ValueSource(strings = {Rendering.DEMO, Rendering.PRODUCTION})
    void whoeverRendersAnOverlayGetsTheSame(String overlay) {
        // When
        List<Rendering> renderings = Rendering.of(overlay).toList();

        // Then
        assertThat(renderings.get(0).documents()).hasSizeGreaterThan(20);
        assertThat(renderings)
                .allSatisfy(rendering ->
                        assertThat(byName(rendering)).as(rendering.by()).isEqualTo(byName(renderings.get(0))));
    }

    @ParameterizedTest
    @MethodSource("dev.fanfare.manifests.Rendering#all")
    void everyDocumentIsWhatKubernetesKnows(Rendering rendering) {
        // When
        List<JsonNode> known =
                rendering.documents().stream().filter(KubernetesModel::knows).toList();

        // Then an unknown field would have failed
        assertThat(known).extracting(KubernetesModel::parse).doesNotContainNull();
        assertThat(rendering.documents())
                .filteredOn(document -> !KubernetesModel.knows(document))
                .extracting(document -> document.get("kind").asText())
                .allMatch(OF_STRIMZI::contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {"components/ingress", "components/gateway-api", "components/topics-job"})
    void componentsAreWhatKubernetesKnows(String component) {
        // When
        List<JsonNode> documents = Kustomization.render(Repository.KUBERNETES.resolve(component));

        // Then
        assertThat(documents).isNotEmpty().extracting(KubernetesModel::parse).doesNotContainNull();
    }

    @Test
    void aMisspeltFieldIsNoticed() {
        // Given
        ObjectNode document = Kustomization.render(Repository.KUBERNETES.resolve("base")).stream()
                .filter(it -> KubernetesModel.type(it).equals("apps/v1/Deployment"))
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseThrow();
        ((ObjectNode) document.at("/spec/template/spec/containers/0/readinessProbe")).put("periodSecond", 1);

        // When, Then
        assertThatThrownBy(() -> KubernetesModel.parse(document)).hasMessageContaining("periodSecond");
    }

    private static Map<String, JsonNode> byName(Rendering rendering) {
        Map<String, JsonNode> named = rendering.documents().stream()
                .collect(Collectors.toMap(
                        document -> KubernetesModel.type(document) + " "
                                + document.at("/metadata/name").asText(),
                        document -> document));
        assertThat(new HashSet<>(named.keySet())).hasSize(rendering.documents().size());
        return named;
    }
}
