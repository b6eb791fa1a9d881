package dev.fanfare.manifests;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * An overlay as it reaches a cluster.
 *
 * @param by who rendered it
 */
record Rendering(String overlay, String by, List<JsonNode> documents) {

    static final String DEMO = "overlays/demo";
    static final String PRODUCTION = "overlays/production";

    private static final Map<String, List<Rendering>> RENDERED = new ConcurrentHashMap<>();

    /** Of every overlay, by this module and, where there is one on the PATH, by kubectl. */
    static Stream<Rendering> all() {
        return Stream.of(DEMO, PRODUCTION).flatMap(Rendering::of);
    }

    static Stream<Rendering> of(String overlay) {
        return RENDERED.computeIfAbsent(overlay, Rendering::render).stream();
    }

    private static List<Rendering> render(String overlay) {
        Path folder = Repository.KUBERNETES.resolve(overlay);
        List<Rendering> renderings = new ArrayList<>();
        renderings.add(new Rendering(overlay, "this module", Kustomization.render(folder)));
        if (hasKubectl()) {
            String rendered = Script.run("kubectl", "kustomize", folder.toString());
            renderings.add(new Rendering(overlay, "kubectl", Yaml.documents(rendered)));
        }
        return renderings;
    }

    private static boolean hasKubectl() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return documents.stream()
                .filter(KubernetesModel::knows)
                .map(KubernetesModel::parse)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The services of Fanfare. */
    List<Workload> services() {
        return Workload.in(this).stream()
                .filter(workload -> ServiceCode.NAMES.contains(workload.name()))
                .toList();
    }

    Map<String, Map<String, String>> configMaps() {
        Map<String, Map<String, String>> maps = new TreeMap<>();
        all(ConfigMap.class).forEach(map -> maps.put(map.getMetadata().getName(), map.getData()));
        return maps;
    }

    @Override
    public String toString() {
        return overlay + " by " + by;
    }
}
