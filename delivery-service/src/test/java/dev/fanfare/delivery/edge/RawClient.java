package dev.fanfare.delivery.edge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A plain socket: for what no HTTP client would send. */
final class RawClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Socket socket;

    RawClient(InetSocketAddress server) throws IOException {
        socket = new Socket("127.0.0.1", server.getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Asks for a session whose messages come in an endless answer. */
    RawClient openStream(String token) throws IOException {
        String connect = "{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}";
        return send("POST /connection/http_stream HTTP/1.1\r\nHost: edge\r\nContent-Length: " + connect.length()
                + "\r\n\r\n" + connect);
    }

    /** All that comes until the server closes the connection. */
    String untilClosed() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection is still open after " + PATIENCE + ", got: " + all, e);
        } catch (SocketException e) {
            // Closed with what we sent unread.
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** Sends one byte after the other, at a pace, until the server closes the connection. */
    String untilClosedWhileDripping(String text, Duration pace) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        socket.setSoTimeout((int) pace.toMillis());
        for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
            try {
                socket.getOutputStream().write(b);
                int read = socket.getInputStream().read();
                if (read < 0) {
                    return all.toString(StandardCharsets.ISO_8859_1);
                }
                all.write(read);
            } catch (SocketTimeoutException e) {
                // The pace.
            } catch (SocketException e) {
                return all.toString(StandardCharsets.ISO_8859_1);
            }
        }
        throw new AssertionError("the connection is still open after all was sent");
    }

    /** The next bytes up to and with the end of an HTTP head. */
    String head() throws IOException {
        return until("\r\n\r\n");
    }

    /** The next bytes up to and with this text. */
    String until(String text) throws IOException {
        StringBuilder got = new StringBuilder();
        while (got.indexOf(text) < 0) {
            int read = socket.getInputStream().read();
            if (read < 0) {
                throw new AssertionError("closed after: " + got);
            }
            got.append((char) read);
        }
        return got.toString();
    }

    /** Reads what has come, and whether the connection was reset behind it rather than closed. */
    boolean isBrokenOff() throws IOException {
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    /** How much the server's system holds of what it was given for this client, bytes. Linux. */
    long heldByTheServersSystem() throws IOException {
        String ofConnection =
                String.format(".*: \\p{XDigit}+:%04X \\p{XDigit}+:%04X .*", socket.getPort(), socket.getLocalPort());
        long held = 0;
        for (String family : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(Path.of("/proc/net", family))) {
                if (line.matches(ofConnection)) {
                    String queues = line.strip().split("\\s+")[4];
                    held += Long.parseLong(queues.substring(0, queues.indexOf(':')), 16);
                }
            }
        }
        return held;
    }

    /** Ends the connection by a reset, as a system does whose app was killed with bytes unread. */
    void breakOff() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** As the server sees it. */
    String localAddress() {
        return socket.getLocalAddress().getHostAddress();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
