package dev.fanfare.delivery.edge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

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
