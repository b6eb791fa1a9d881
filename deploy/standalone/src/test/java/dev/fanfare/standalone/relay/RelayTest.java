package dev.fanfare.standalone.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fanfare.embedded.FreePorts;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A relay between real sockets. Nodes are server sockets that the test accepts from by itself. */
class RelayTest {

    private static final int PATIENCE_MILLIS = 10_000;

    private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
    private final int port = FreePorts.next();
    private final List<ServerSocket> nodes = new ArrayList<>();
    private final List<Upstream> upstreams = new ArrayList<>();
    private long seen = -1;

    @BeforeEach
    void twoNodes() throws IOException {
        for (int i = 0; i < 2; i++) {
            ServerSocket node = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            node.setSoTimeout(PATIENCE_MILLIS);
            nodes.add(node);
        }
    }

    @AfterEach
    void close() throws IOException {
        loops.shutdownGracefully();
        for (ServerSocket node : nodes) {
            node.close();
        }
    }

    @Test
    void passesOnWhatEachSideSaysAndTheEndOfEach() throws Exception {
        // Given
        listen(true, false);
        try (Socket client = connect();
                Socket node = accept(0)) {
            client.getOutputStream().write("question".getBytes(StandardCharsets.US_ASCII));

            // When
            client.shutdownOutput();

            // Then
            assertThat(node.getInputStream().readAllBytes()).asString().isEqualTo("question");
            node.getOutputStream().write("answer".getBytes(StandardCharsets.US_ASCII));
            node.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("answer");
        }
    }

    @Test
    void takesTheReadyNodeWithTheFewestConnections() throws Exception {
        // Given
        listen(true, true);

        // When
        try (Socket first = connect();
                Socket second = connect();
                Socket atFirst = accept(0);
                Socket atSecond = accept(1)) {

            // Then
            assertThat(List.of(first, second, atFirst, atSecond)).allMatch(Socket::isConnected);
        }
    }

    @Test
    void takesAnotherNodeIfOneDoesNotListenAnyMore() throws Exception {
        // Given
        listen(true, false);
        nodes.get(0).close();

        // When
        try (Socket client = connect();
                Socket node = accept(1)) {

            // Then
            client.getOutputStream().write('x');
            assertThat(node.getInputStream().read()).isEqualTo('x');
        }
    }

    @Test
    void closesWhatNobodyTakes() throws Exception {
        // Given
        listen(true, true);
        nodes.get(0).close();
        nodes.get(1).close();

        // When
        try (Socket client = connect()) {

            // Then
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aResetIsOneOnTheOtherSide() throws Exception {
        // Given
        listen(true, false);
        Socket client = connect();
        try (Socket node = accept(0)) {
            client.setSoLinger(true, 0);

            // When
            client.close();

            // Then
            assertThatThrownBy(() -> node.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void whoDoesNotReadHoldsUpWhoWrites() throws Exception {
        // Given
        listen(true, false);
        AtomicLong written = new AtomicLong();
        Thread writer;
        try (Socket client = connect();
                Socket node = accept(0)) {
            writer = new Thread(() -> writeOn(node, written));

            // When: the client reads nothing
            writer.start();

            // Then
            await().until(() -> standsStill(written));
            long held = written.get();
            assertThat(held).isBetween(1L, 64L << 20);
            client.getInputStream().readNBytes((int) held);
            await().until(() -> written.get() > held);
        }
        writer.join(PATIENCE_MILLIS);
        assertThat(writer.isAlive()).isFalse();
    }

    /** Nothing was added between two looks, which Awaitility makes 100 ms apart. */
    private boolean standsStill(AtomicLong written) {
        long now = written.get();
        boolean stands = now > 0 && now == seen;
        seen = now;
        return stands;
    }

    private static void writeOn(Socket node, AtomicLong written) {
        byte[] some = new byte[64 * 1024];
        try {
            OutputStream out = node.getOutputStream();
            while (!node.isClosed()) {
                out.write(some);
                written.addAndGet(some.length);
            }
        } catch (IOException e) {
            // The connection has ended, as it should.
            assertThat(written.get()).isPositive();
        }
    }

    private void listen(boolean... ready) throws InterruptedException {
        for (int i = 0; i < ready.length; i++) {
            boolean isReady = ready[i];
            Upstream upstream = new Upstream(
                    nodes.get(i).getLocalPort(), () -> isReady ? Optional.empty() : Optional.of("not ready"));
            upstream.look();
            upstreams.add(upstream);
        }
        new Relay(upstreams).listen(loops, port).sync();
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setSoTimeout(PATIENCE_MILLIS);
        return client;
    }

    private Socket accept(int node) throws IOException {
        Socket accepted = nodes.get(node).accept();
        accepted.setSoTimeout(PATIENCE_MILLIS);
        return accepted;
    }
}
