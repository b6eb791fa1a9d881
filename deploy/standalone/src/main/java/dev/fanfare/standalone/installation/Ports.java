package dev.fanfare.standalone.installation;

import dev.fanfare.embedded.FreePorts;
import dev.fanfare.standalone.process.PartFailedException;
import dev.fanfare.standalone.process.PortProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which part listens where on this machine's loopback. Where a service has several nodes, each of them has ports of its
 * own, and those of {@code numbers} are the relays', which everybody else knows.
 *
 * @param nodes of each service
 * @param own of each node, from the first; empty if there is only one, which has those of {@code numbers}
 */
public record Ports(Map<PortName, Integer> numbers, int nodes, List<Map<PortName, Integer>> own) {

    /** From the address of a service to its first node's, and from each to the next. */
    private static final int STEP = 100;

    /**
     * Listens where it should.
     *
     * @param numbers where a part is missing, it listens on its default port
     * @param own where a node is missing, it listens 100 above its predecessor
     */
    public Ports(Map<PortName, Integer> numbers, int nodes, List<Map<PortName, Integer>> own) {
        Map<PortName, Integer> all = new EnumMap<>(PortName.class);
        for (PortName name : PortName.values()) {
            all.put(name, numbers.getOrDefault(name, name.defaultPort()));
        }
        this.numbers = Collections.unmodifiableMap(all);
        this.nodes = nodes;
        List<Map<PortName, Integer>> ofNodes = new ArrayList<>();
        for (int number = 1; nodes > 1 && number <= nodes; number++) {
            Map<PortName, Integer> given = own.size() < number ? Map.of() : own.get(number - 1);
            Map<PortName, Integer> ofNode = new EnumMap<>(PortName.class);
            for (PortName name : PortName.OF_NODES) {
                ofNode.put(name, given.getOrDefault(name, all.get(name) + number * STEP));
            }
            ofNodes.add(Collections.unmodifiableMap(ofNode));
        }
        this.own = List.copyOf(ofNodes);
    }

    /** One node of each service. */
    public Ports(Map<PortName, Integer> numbers) {
        this(numbers, 1, List.of());
    }

    /** A free port for every part that {@code chosen} does not name, and for every node. */
    public static Ports free(Map<PortName, Integer> chosen, int nodes) {
        List<Map<PortName, Integer>> own = new ArrayList<>();
        for (int number = 1; number <= nodes; number++) {
            own.add(free(PortName.OF_NODES, Map.of()));
        }
        return new Ports(free(EnumSet.allOf(PortName.class), chosen), nodes, own);
    }

    private static Map<PortName, Integer> free(Set<PortName> names, Map<PortName, Integer> chosen) {
        Map<PortName, Integer> numbers = new EnumMap<>(PortName.class);
        for (PortName name : names) {
            numbers.put(name, chosen.containsKey(name) ? chosen.get(name) : FreePorts.next());
        }
        return numbers;
    }

    /** Where everybody finds a part. */
    public int of(PortName name) {
        return numbers.get(name);
    }

    /** Where this node listens itself. */
    public int of(Node node, PortName name) {
        return own.isEmpty() ? of(name) : own.get(node.number() - 1).get(name);
    }

    /** Finds out before anything starts, because then it can still be said well. */
    public void requireFree() throws PartFailedException {
        for (PortName name : PortName.values()) {
            for (PortName other : PortName.values()) {
                if (name.ordinal() < other.ordinal() && of(name) == of(other)) {
                    throw new PartFailedException(
                            other.part(),
                            "port " + of(other) + " is also that of " + name.part() + "; give another with "
                                    + other.option() + " PORT",
                            List.of());
                }
            }
            if (isTaken(of(name))) {
                throw new PartFailedException(
                        name.part(),
                        "port " + of(name) + " is taken by another program; stop that, or choose another port with "
                                + name.option() + " PORT, or any free ports with --free-ports",
                        List.of());
            }
        }
        requireFreeNodes();
    }

    private void requireFreeNodes() throws PartFailedException {
        for (Map<PortName, Integer> ofNode : own) {
            for (Map.Entry<PortName, Integer> port : ofNode.entrySet()) {
                if (numbers.containsValue(port.getValue()) || isTaken(port.getValue())) {
                    PortName name = port.getKey();
                    throw new PartFailedException(
                            name.part(),
                            "port " + port.getValue() + " of one of its nodes is taken; choose another port with "
                                    + name.option() + " PORT (its nodes are " + STEP
                                    + " above each other), or any free ports with --free-ports",
                            List.of());
                }
            }
        }
    }

    /** Binding alone does not tell on macOS, where loopback may be bound beside all interfaces; connecting does. */
    private static boolean isTaken(int port) {
        if (new PortProbe(port).complaint().isEmpty()) {
            return true;
        }
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return !socket.isBound();
        } catch (IOException e) {
            return true;
        }
    }
}
