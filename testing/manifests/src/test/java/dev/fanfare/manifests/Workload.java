package dev.fanfare.manifests;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What makes pods.
 *
 * @param selector null for a Job
 */
record Workload(HasMetadata resource, LabelSelector selector, PodTemplateSpec template) {

    static List<Workload> in(Rendering rendering) {
        List<Workload> workloads = new ArrayList<>();
        rendering
                .all(Deployment.class)
                .forEach(it -> workloads.add(new Workload(
                        it, it.getSpec().getSelector(), it.getSpec().getTemplate())));
        rendering
                .all(StatefulSet.class)
                .forEach(it -> workloads.add(new Workload(
                        it, it.getSpec().getSelector(), it.getSpec().getTemplate())));
        rendering
                .all(Job.class)
                .forEach(it -> workloads.add(new Workload(it, null, it.getSpec().getTemplate())));
        return workloads;
    }

    String name() {
        return resource.getMetadata().getName();
    }

    Map<String, String> labels() {
        return template.getMetadata().getLabels();
    }

    PodSpec pod() {
        return template.getSpec();
    }

    /** Each of our pods has one. */
    Container container() {
        List<Container> containers = pod().getContainers();
        if (containers.size() != 1) {
            throw new AssertionError(name() + " has " + containers.size() + " containers");
        }
        return containers.get(0);
    }

    /** Variables whose value stands in the manifest, and those that come from elsewhere. */
    List<EnvVar> variables() {
        return container().getEnv();
    }

    @Override
    public String toString() {
        return name();
    }
}
