package dev.fanfare.e2e.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The network between one device and the server: it breaks at the byte that it is told. */
public final class CuttingProxy implements AutoCloseable {

    private static final int BUFFER = 4096;
    private static final long NEVER = Long.MAX_VALUE;

    private final URI target;
    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "cutting-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile Connection latest;
    private volatile boolean cable = true;

    public CuttingProxy(URI target) {
        this.target = target;
        try {
            this.listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /**
     * The cable is cut: nothing more comes through in either direction, and neither side is told. New connections are as
     * good as dead, too, until {@link #mend}; those that were cut stay so.
     */
    public void cutCable() {
        cable = false;
        Connection connection = latest;
        if (connection != null) {
            connection.dead = true;
        }
    }

    /** New connections get through again. */
    public void mend() {
        cable = true;
    }

    /** What the device takes for the server. */
    public URI uri() {
        return URI.create(target.getScheme() + "://127.0.0.1:" + listening.getLocalPort() + target.getPath());
    }

    /** The device's connection breaks when so many more bytes have come to it; 0: at once. */
    public void cutAfter(int bytes) {
        Connection connection = latest;
        if (connection != null) {
            connection.cutAfter(bytes);
        }
    }

    /** How many connections it has cut. */
    public int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket device = listening.accept();
                Connection connection = new Connection(device, new Socket(target.getHost(), target.getPort()));
                connection.dead = !cable;
                latest = connection;
                threads.execute(connection::pumpToServer);
                threads.execute(connection::pumpToDevice);
            } catch (IOException e) {
                // Closed, or the server takes no connection: the device tries again.
                continue;
            }
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
        Connection connection = latest;
        if (connection != null) {
            connection.close();
        }
    }

    private final class Connection {

        private final Socket device;
        private final Socket server;
        /** Bytes that may still come to the device. */
        private final AtomicLong left = new AtomicLong(NEVER);

        private volatile boolean dead;

        Connection(Socket device, Socket server) {
            this.device = device;
            this.server = server;
        }

        void cutAfter(int bytes) {
            if (device.isClosed()) {
                return;
            }
            left.set(bytes);
            if (bytes == 0) {
                cut();
            }
        }

        private void cut() {
            cuts.incrementAndGet();
            close();
        }

        void pumpToServer() {
            try (device;
                    server) {
                byte[] buffer = new byte[BUFFER];
                InputStream in = device.getInputStream();
                OutputStream out = server.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (!dead) {
                        out.write(buffer, 0, read);
                        out.flush();
                    }
                }
            } catch (IOException e) {
                close();
            }
        }

        void pumpToDevice() {
            byte[] buffer = new byte[BUFFER];
            try (device;
                    server) {
                InputStream in = server.getInputStream();
                OutputStream out = device.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    if (dead) {
                        continue;
                    }
                    int count = read;
                    long before = left.getAndUpdate(bytes -> bytes == NEVER ? NEVER : Math.max(0, bytes - count));
                    out.write(buffer, 0, (int) Math.min(read, before));
                    out.flush();
                    if (before <= read) {
                        cut();
                        return;
                    }
                }
            } catch (IOException e) {
                close();
            }
        }

        void close() {
            try (device;
                    server) {
                left.set(0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
