package dev.fanfare.standalone.installation;

import dev.fanfare.embedded.FreePorts;
import dev.fanfare.standalone.process.PartFailedException;
import dev.fanfare.standalone.process.PortProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which part listens where on this machine's loopback. */
public record Ports(Map<PortName, Integer> numbers) {

    /** @param numbers where a part is missing, it listens on its default port */
    public Ports(Map<PortName, Integer> numbers) {
        Map<PortName, Integer> all = new EnumMap<>(PortName.class);
        for (PortName name : PortName.values()) {
            all.put(name, numbers.getOrDefault(name, name.defaultPort()));
        }
        this.numbers = Collections.unmodifiableMap(all);
    }

    /** A free port for every part that {@code chosen} does not name. */
    public static Ports free(Map<PortName, Integer> chosen) {
        Map<PortName, Integer> numbers = new EnumMap<>(PortName.class);
        for (PortName name : PortName.values()) {
            numbers.put(name, chosen.containsKey(name) ? chosen.get(name) : FreePorts.next());
        }
        return new Ports(numbers);
    }

    public int of(PortName name) {
        return numbers.get(name);
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
