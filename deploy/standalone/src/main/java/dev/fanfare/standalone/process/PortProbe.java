package dev.fanfare.standalone.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/** Content when somebody accepts connections on a port of this machine. */
public record PortProbe(int port) implements Probe {

    private static final int PATIENCE_MILLIS = 1_000;

    @Override
    public Optional<String> complaint() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("nobody listens on port " + port);
        }
    }
}
