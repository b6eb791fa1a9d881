package dev.fanfare.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Renders a folder as {@code kubectl kustomize} does, as far as our folders go: resources, components, JSON patches,
 * namespace, images, replicas. What it does not know is an error. It is there so that manifests are tested on every
 * machine; where there is a kubectl, the two must agree.
 */
final class Kustomization {

    private static final Set<String> KNOWN =
            Set.of("apiVersion", "kind", "namespace", "resources", "components", "patches", "images", "replicas");

    private Kustomization() {}

    static List<JsonNode> render(Path folder) {
        List<JsonNode> documents = new ArrayList<>();
        into(documents, folder);
        return documents;
    }

    private static void into(List<JsonNode> documents, Path folder) {
        JsonNode file = Yaml.documents(Repository.read(folder.resolve("kustomization.yaml")))
                .get(0);
        file.fieldNames()
                .forEachRemaining(
                        field -> assertThat(KNOWN).as("fields of %s", folder).contains(field));
        for (JsonNode resource : file.path("resources")) {
            Path path = folder.resolve(resource.asText());
            documents.addAll(Files.isDirectory(path) ? render(path) : Yaml.documents(Repository.read(path)));
        }
        for (JsonNode component : file.path("components")) {
            into(documents, folder.resolve(component.asText()));
        }
        for (JsonNode patch : file.path("patches")) {
            patch(documents, patch, folder);
        }
        if (file.has("namespace")) {
            String namespace = file.get("namespace").asText();
            documents.stream()
                    .filter(document -> !kind(document).equals("Namespace"))
                    .forEach(document -> ((ObjectNode) document.get("metadata")).put("namespace", namespace));
        }
        for (JsonNode image : file.path("images")) {
            documents.forEach(document -> containers(document).forEach(container -> image(container, image)));
        }
        for (JsonNode replicas : file.path("replicas")) {
            documents.stream()
                    .filter(document -> document.path("spec").has("replicas"))
                    .filter(document ->
                            name(document).equals(replicas.get("name").asText()))
                    .forEach(document -> ((ObjectNode) document.get("spec")).set("replicas", replicas.get("count")));
        }
    }

    private static void patch(List<JsonNode> documents, JsonNode patch, Path folder) {
        String text = patch.has("path")
                ? Repository.read(folder.resolve(patch.get("path").asText()))
                : patch.get("patch").asText();
        JsonNode operations = Yaml.documents(text).get(0);
        String kinds = patch.get("target").get("kind").asText();
        assertThat(patch.get("target").size()).as("only kinds are understood").isEqualTo(1);
        documents.replaceAll(
                document -> kind(document).matches(kinds) ? JsonPatch.apply(operations, document) : document);
    }

    private static void image(JsonNode container, JsonNode change) {
        String[] nameAndTag = container.get("image").asText().split(":");
        if (nameAndTag[0].equals(change.get("name").asText())) {
            ((ObjectNode) container)
                    .put(
                            "image",
                            change.get("newName").asText() + ":"
                                    + change.get("newTag").asText());
        }
    }

    private static List<JsonNode> containers(JsonNode document) {
        JsonNode containers = document.at("/spec/template/spec/containers");
        return StreamSupport.stream(containers.spliterator(), false).toList();
    }

    private static String kind(JsonNode document) {
        return document.get("kind").asText();
    }

    private static String name(JsonNode document) {
        return document.get("metadata").get("name").asText();
    }
}
