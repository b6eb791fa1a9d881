package dev.fanfare.manifests;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may open a connection to whom, as NetworkPolicies say: {@code "api-gateway -> kafka:9092"}. A connection between two
 * pods needs the leave of both.
 */
final class Arrows {

    /** Who is not a pod of ours: by the label of a namespace, or by the port that addresses are reached at. */
    private static final Map<String, String> NAMESPACES = Map.of(
            "fanfare.dev/ingress", "ingress",
            "fanfare.dev/monitoring", "monitoring",
            "kubernetes.io/metadata.name", "dns");

    private static final Map<Integer, String> ADDRESSES = Map.of(443, "internet", 5432, "postgres", 6379, "redis");

    private final List<NetworkPolicy> policies;
    private final Map<String, Map<String, String>> pods = new HashMap<>();
    private final Set<String> halves = new TreeSet<>();

    Arrows(Rendering rendering) {
        this.policies = rendering.all(NetworkPolicy.class);
        Workload.in(rendering).forEach(workload -> pods.put(workload.name(), workload.labels()));
        // The pods that Strimzi makes; their ingress is its own.
        pods.putIfAbsent("kafka", Map.of("strimzi.io/cluster", "fanfare", "strimzi.io/broker-role", "true"));
    }

    /** All of them. */
    Set<String> allowed() {
        Set<String> arrows = new TreeSet<>();
        Set<String> out = outgoing();
        Set<String> in = incoming();
        for (String arrow : out) {
            String to = arrow.replaceAll(".* -> (.*):.*", "$1");
            if (!isIsolated(to, "Ingress") || in.contains(arrow)) {
                arrows.add(arrow);
            } else {
                halves.add(arrow);
            }
        }
        for (String arrow : in) {
            String from = arrow.replaceAll(" -> .*", "");
            if (!isIsolated(from, "Egress")) {
                arrows.add(arrow);
            } else if (!out.contains(arrow)) {
                halves.add(arrow);
            }
        }
        return arrows;
    }

    /** Rules of one side that the other side has no counterpart for. */
    Set<String> halves() {
        allowed();
        return halves;
    }

    private boolean isIsolated(String pod, String direction) {
        return pods.containsKey(pod)
                && policies.stream()
                        .filter(policy -> policy.getSpec().getPolicyTypes().contains(direction))
                        .anyMatch(policy -> matches(policy.getSpec().getPodSelector(), pods.get(pod)));
    }

    private Set<String> outgoing() {
        Set<String> arrows = new TreeSet<>();
        for (NetworkPolicy policy : policies) {
            for (NetworkPolicyEgressRule rule : policy.getSpec().getEgress()) {
                for (String from : selected(policy.getSpec().getPodSelector())) {
                    for (int port : ports(rule.getPorts())) {
                        for (String to : peers(rule.getTo(), port)) {
                            arrows.add(from + " -> " + to + ":" + port);
                        }
                    }
                }
            }
        }
        return arrows;
    }

    private Set<String> incoming() {
        Set<String> arrows = new TreeSet<>();
        for (NetworkPolicy policy : policies) {
            for (NetworkPolicyIngressRule rule : policy.getSpec().getIngress()) {
                for (String to : selected(policy.getSpec().getPodSelector())) {
                    for (int port : ports(rule.getPorts())) {
                        for (String from : peers(rule.getFrom(), port)) {
                            arrows.add(from + " -> " + to + ":" + port);
                        }
                    }
                }
            }
        }
        return arrows;
    }

    private static List<Integer> ports(List<NetworkPolicyPort> ports) {
        if (ports.isEmpty()) {
            throw new AssertionError("a rule without ports allows all of them");
        }
        return ports.stream()
                .map(NetworkPolicyPort::getPort)
                .map(IntOrString::getIntVal)
                .distinct()
                .toList();
    }

    private List<String> peers(List<NetworkPolicyPeer> peers, int port) {
        if (peers.isEmpty()) {
            throw new AssertionError("a rule without peers allows everybody");
        }
        List<String> names = new ArrayList<>();
        for (NetworkPolicyPeer peer : peers) {
            if (peer.getIpBlock() != null) {
                names.add(ADDRESSES.getOrDefault(port, peer.getIpBlock().getCidr()));
            } else if (peer.getNamespaceSelector() != null) {
                peer.getNamespaceSelector()
                        .getMatchLabels()
                        .keySet()
                        .forEach(label -> names.add(NAMESPACES.getOrDefault(label, label)));
            } else {
                List<String> selected = selected(peer.getPodSelector());
                if (selected.isEmpty()) {
                    throw new AssertionError("nobody is selected by " + peer.getPodSelector());
                }
                names.addAll(selected);
            }
        }
        return names;
    }

    private List<String> selected(LabelSelector selector) {
        return pods.entrySet().stream()
                .filter(pod -> matches(selector, pod.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    static boolean matches(LabelSelector selector, Map<String, String> labels) {
        Map<String, String> wanted = selector.getMatchLabels() == null ? Map.of() : selector.getMatchLabels();
        return labels.entrySet().containsAll(wanted.entrySet())
                && selector.getMatchExpressions().stream().allMatch(expression -> matches(expression, labels));
    }

    private static boolean matches(LabelSelectorRequirement expression, Map<String, String> labels) {
        if (!expression.getOperator().equals("In")) {
            throw new AssertionError("only In is understood: " + expression);
        }
        return expression.getValues().contains(labels.get(expression.getKey()));
    }
}
