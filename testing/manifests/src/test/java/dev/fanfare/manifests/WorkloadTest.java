package dev.fanfare.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.contracts.topic.Topic;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods as the services need them. */
class WorkloadTest {

    private static final String DELIVERY = "delivery-service";
    private static final Duration FOR_WHAT_IS_LEFT_TO_BE_TOLD = Duration.ofSeconds(3);
    private static final Duration BEFORE_THE_DRAIN = Duration.ofSeconds(5);

    @ParameterizedTest
    @MethodSource("dev.fanfare.manifests.Rendering#all")
    void portsAreThoseOfTheCode(Rendering rendering) {
        for (Workload workload : rendering.services()) {
            ServiceCode code = ServiceCode.of(workload.name());
            Map<String, Integer> ports = workload.container().getPorts().stream()
                    .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort));

            assertThat(ports).containsEntry("http", code.port());
            if (workload.name().equals(DELIVERY)) {
                assertThat(ports).containsEntry("clients", Integer.valueOf(code.byDefault("fanfare.edge.port")));
            } else {
                assertThat(ports).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.fanfare.manifests.Rendering#all")
    void servicesLeadToPodsThatListenThere(Rendering rendering) {
        for (Service service : rendering.all(Service.class)) {
            Map<String, String> selector = service.getSpec().getSelector();
            if (service.getMetadata().getName().equals("not-public")) {
                assertThat(selector).isNullOrEmpty();
                continue;
            }
            List<Workload> selected = Workload.in(rendering).stream()
                    .filter(workload -> workload.labels().entrySet().containsAll(selector.entrySet()))
                    .toList();
            assertThat(selected).as(service.getMetadata().getName()).hasSize(1);
            service.getSpec().getPorts().forEach(port -> assertThat(
                            selected.get(0).container().getPorts())
                    .filteredOn(
                            open -> open.getName().equals(port.getTargetPort().getStrVal()))
                    .singleElement()
                    .satisfies(open -> assertThat(open.getContainerPort()).isEqualTo(port.getPort())));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.fanfare.manifests.Rendering#all")
    void probesDifferOnPurpose(Rendering rendering) {
        for (Workload workload : rendering.services()) {
            Probe startup = workload.container().getStartupProbe();
            Probe readiness = workload.container().getReadinessProbe();
            Probe liveness = workload.container().getLivenessProbe();

            assertThat(List.of(startup, readiness, liveness))
                    .as(workload.name())
                    .extracting(probe -> probe.getHttpGet().getPath())
                    .containsExactly("/q/health/started", "/q/health/ready", "/q/health/live");
            assertThat(List.of(startup, readiness, liveness))
                    .extracting(probe -> probe.getHttpGet().getPort().getStrVal())
                    .containsOnly("http");
            assertThat(patience(startup)).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
            assertThat(patience(readiness)).isLessThanOrEqualTo(Duration.ofSeconds(15));
            assertThat(patience(liveness)).isGreaterThanOrEqualTo(Duration.ofMinutes(1));
            // The paths are Quarkus's own as long as nobody changes them, and the image asks the same.
            assertThat(ServiceCode.of(workload.name()).properties())
                    .doesNotContainKeys("quarkus.smallrye-health.root-path", "quarkus.http.root-path");
        }
        assertThat(Repository.read(Repository.IMAGES.resolve("bin/ready"))).contains("GET /q/health/ready ");
    }

    @ParameterizedTest
    @MethodSource("dev.fanfare.manifests.Rendering#all")
    void podsAreAsRestrictedAsTheNamespaceDemands(Rendering rendering) {
        for (Workload workload : Workload.in(rendering)) {
            PodSpec pod = workload.pod();
            SecurityContext container = workload.container().getSecurityContext();

            assertThat(pod.getSecurityContext().getRunAsNonRoot())
                    .as(workload.name())
                    .isTrue();
            assertThat(pod.getSecurityContext().getRunAsUser()).isPositive();
            assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
            assertThat(pod.getEnableServiceLinks()).isFalse();
            assertThat(container.getAllowPrivilegeEscalation()).isFalse();
            assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
            assertThat(workload.container().getResources().getRequests()).containsKeys("cpu", "memory");
            assertThat(workload.container().getResources().getLimits()).containsKey("memory");
        }
        assertThat(rendering.services()).allSatisfy(workload -> {
            assertThat(workload.container().getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(workload.container().getVolumeMounts())
                    .anyMatch(mount -> mount.getMountPath().equals("/tmp"));
            assertThat(dockerfile())
                    .contains("USER " + workload.pod().getSecurityContext().getRunAsUser() + ":");
        });
    }

    @ParameterizedTest
    @MethodSource("dev.fanfare.manifests.Rendering#all")
    void nobodyIsKilledWhileLeaving(Rendering rendering) {
        for (Workload workload : rendering.services()) {
            ServiceCode code = ServiceCode.of(workload.name());
            Duration needed = seconds(code.properties().get("quarkus.shutdown.timeout"));
            if (workload.container().getLifecycle() != null) {
                List<String> command = workload.container()
                        .getLifecycle()
                        .getPreStop()
                        .getExec()
                        .getCommand();
                needed = needed.plusSeconds(Long.parseLong(command.get(1)));
            }
            if (workload.name().equals(DELIVERY)) {
                needed = needed.plus(BEFORE_THE_DRAIN)
                        .plus(seconds(variable(workload, "FANFARE_DRAIN_TIMEOUT")))
                        .plus(FOR_WHAT_IS_LEFT_TO_BE_TOLD);
            }

            assertThat(Duration.ofSeconds(workload.pod().getTerminationGracePeriodSeconds()))
                    .as(workload.name())
                    .isGreaterThan(needed);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.fanfare.manifests.Rendering#all")
    void commandsAreInTheImage(Rendering rendering) {
        // When
        List<String> commands = Workload.in(rendering).stream()
                .map(Workload::container)
                .flatMap(container -> Stream.concat(
                        container.getCommand().stream(),
                        container.getLifecycle() == null
                                ? Stream.empty()
                                : container.getLifecycle().getPreStop().getExec().getCommand().stream()))
                .filter(word -> word.startsWith("/app/"))
                .toList();

        // Then
        assertThat(commands).contains("/app/bin/drain").allSatisfy(command -> assertThat(
                        Repository.IMAGES.resolve(command.substring("/app/".length())))
                .isExecutable());
        String createTopics = Repository.read(Repository.IMAGES.resolve("bin/create-topics"));
        String main = createTopics.replaceAll("(?s).* (dev\\.fanfare\\.\\S+)\\s*", "$1");
        assertThat(Files.exists(
                        Repository.ROOT.resolve("service-runtime/src/main/java/" + main.replace('.', '/') + ".java")))
                .as(main)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("dev.fanfare.manifests.Rendering#all")
    void podsOfAServiceLeaveOneByOneAndStandApart(Rendering rendering) {
        List<PodDisruptionBudget> budgets = rendering.all(PodDisruptionBudget.class);
        for (Workload workload : rendering.services()) {
            assertThat(workload.selector().getMatchLabels().entrySet())
                    .isSubsetOf(workload.labels().entrySet());
            assertThat(budgets)
                    .filteredOn(budget -> Arrows.matches(budget.getSpec().getSelector(), workload.labels()))
                    .singleElement()
                    .satisfies(budget -> assertThat(
                                    budget.getSpec().getMaxUnavailable().getIntVal())
                            .isEqualTo(1));
            assertThat(workload.pod().getTopologySpreadConstraints())
                    .extracting(constraint -> constraint.getTopologyKey())
                    .containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
            assertThat(workload.pod().getTopologySpreadConstraints())
                    .allMatch(constraint -> Arrows.matches(constraint.getLabelSelector(), workload.labels()));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.fanfare.manifests.Rendering#all")
    void autoscalersMeasureWhatIsThere(Rendering rendering) {
        List<HorizontalPodAutoscaler> autoscalers = rendering.all(HorizontalPodAutoscaler.class);
        assertThat(autoscalers).hasSize(rendering.overlay().equals(Rendering.PRODUCTION) ? 5 : 0);
        for (HorizontalPodAutoscaler autoscaler : autoscalers) {
            String name = autoscaler.getSpec().getScaleTargetRef().getName();
            Workload workload = rendering.services().stream()
                    .filter(service -> service.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            assertThat(autoscaler.getSpec().getScaleTargetRef().getKind())
                    .isEqualTo(workload.resource().getKind());
            assertThat(autoscaler.getSpec().getMinReplicas()).isGreaterThanOrEqualTo(2);
            partitionsReadBy(name)
                    .ifPresent(partitions -> assertThat(autoscaler.getSpec().getMaxReplicas())
                            .as(name)
                            .isLessThanOrEqualTo(partitions));
            autoscaler.getSpec().getMetrics().stream()
                    .filter(metric -> metric.getType().equals("Pods"))
                    .map(MetricSpec::getPods)
                    .forEach(metric -> assertThat(
                                    isMeasured(name, metric.getMetric().getName()))
                            .as(metric.getMetric().getName())
                            .isTrue());
        }
    }

    /** Of a service that only reads commands: more pods than partitions would have nothing to do. */
    private static Optional<Integer> partitionsReadBy(String service) {
        Predicate<Topic> isRead = topic -> topic.readers().equals(service);
        return service.equals(DELIVERY)
                ? Optional.empty()
                : Arrays.stream(Topic.values())
                        .filter(isRead)
                        .map(Topic::partitions)
                        .min(Integer::compare);
    }

    private static boolean isMeasured(String service, String metric) {
        Pattern named = Pattern.compile("\"" + metric.replace('_', '.') + "\"");
        return Repository.javaFiles(Repository.ROOT.resolve(service + "/src/main/java")).stream()
                .anyMatch(file -> named.matcher(Repository.read(file)).find());
    }

    private static String variable(Workload workload, String name) {
        return workload.variables().stream()
                .filter(variable -> variable.getName().equals(name))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError(workload.name() + " has no " + name + " but "
                        + new TreeSet<>(workload.variables().stream()
                                .map(EnvVar::getName)
                                .toList())));
    }

    private static Duration patience(Probe probe) {
        return Duration.ofSeconds((long) probe.getPeriodSeconds() * probe.getFailureThreshold());
    }

    private static Duration seconds(String text) {
        return Duration.parse("PT" + text);
    }

    private static String dockerfile() {
        return Repository.read(Repository.IMAGES.resolve("Dockerfile"));
    }
}
