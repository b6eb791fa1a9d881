package dev.fanfare.benchmark.kills;

import dev.fanfare.benchmark.product.Installation;
import dev.fanfare.benchmark.product.ServiceNode;
import dev.fanfare.standalone.installation.ServiceName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The nodes of all services, which may be killed. */
final class Nodes implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);

    private final Map<ServiceName, List<ServiceNode>> nodes = new EnumMap<>(ServiceName.class);

    private Nodes() {}

    /**
     * Returns when they serve.
     *
     * @param twice services of which there are two nodes; of the others there is one
     */
    static Nodes start(Path home, Installation installation, Set<ServiceName> twice)
            throws IOException, InterruptedException {
        Nodes nodes = new Nodes();
        for (ServiceName service : ServiceName.values()) {
            List<ServiceNode> ofService = new ArrayList<>();
            for (int number = 1; number <= (twice.contains(service) ? 2 : 1); number++) {
                ServiceNode node = ServiceNode.of(home, installation, service, number);
                node.start();
                ofService.add(node);
            }
            nodes.nodes.put(service, ofService);
        }
        nodes.awaitReady();
        return nodes;
    }

    List<ServiceNode> all() {
        return nodes.values().stream().flatMap(List::stream).toList();
    }

    List<ServiceNode> of(ServiceName service) {
        return List.copyOf(nodes.get(service));
    }

    /** Where devices may connect. */
    List<Integer> edgePorts() {
        return of(ServiceName.DELIVERY).stream().map(ServiceNode::edgePort).toList();
    }

    void awaitReady() throws InterruptedException {
        for (ServiceNode node : all()) {
            node.awaitReady(START);
        }
    }

    @Override
    public void close() {
        all().parallelStream().forEach(ServiceNode::close);
    }
}
