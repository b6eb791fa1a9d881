package dev.fanfare.benchmark.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanfare.benchmark.process.LoadGenerator.Devices;
import dev.fanfare.benchmark.process.LoadReport.Numbers;
import dev.fanfare.benchmark.process.LoadReport.Tally;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that lose, repeat and cut: the programs must notice. */
class CountingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String CONNECTED = "{\"id\":1,\"connect\":{\"client\":\"c\",\"subs\":{\"broadcast\":"
            + "{\"recoverable\":true,\"positioned\":true,\"epoch\":\"e\",\"offset\":%d,\"recovered\":true},\"#u\":"
            + "{\"recoverable\":true,\"positioned\":true,\"epoch\":\"f\",\"recovered\":true%s}}}}";

    @TempDir
    static Path folder;

    private static Tools tools;

    private final ExecutorService server = Executors.newSingleThreadExecutor();
    private ServerSocket socket;

    @BeforeAll
    static void compile() throws Exception {
        assumeTrue(Tools.compiler().isPresent(), "no C compiler");
        tools = Tools.compiledIn(folder);
    }

    @BeforeEach
    void listen() throws IOException {
        socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        socket.setSoTimeout((int) PATIENCE.toMillis());
    }

    @AfterEach
    void close() throws IOException {
        server.shutdownNow();
        socket.close();
    }

    @Test
    void messagesThatAreLostRepeatedOrLateAreCounted() throws Exception {
        // Given
        Future<?> served = server.submit(() -> {
            try (Socket device = upgraded(String.format(CONNECTED, 0, ""))) {
                say(device, broadcast(1, 1), broadcast(2, 3), broadcast(3, 3));
                say(device, own("~s1~"), own("~s3~"), own("~s2~"), own("~s3~"), own("~t1~~g1~"), own("~t9~~g4~"));
                device.shutdownOutput();
                awaitEnd(device);
            }
            // It comes back, and is told of one more.
            try (Socket device = upgraded(String.format(CONNECTED, 3, ",\"publications\":[" + data("~s4~") + "]"))) {
                awaitEnd(device);
            }
            return null;
        });
        try (LoadGenerator devices =
                LoadGenerator.start(tools, List.of(), Devices.sleeping(socket.getLocalPort()), List.of("token"))) {
            devices.number();
            devices.open(1);

            // When
            boolean whole = devices.awaitWhole(3, 4, PATIENCE);

            // Then
            Numbers numbers = devices.numbers();
            assertThat(whole).isTrue();
            assertThat(numbers.broadcasts()).isEqualTo(new Tally(2, 1, 1, 0, 0));
            assertThat(numbers.personal()).isEqualTo(new Tally(4, 0, 1, 1, 0));
            assertThat(numbers.group()).isEqualTo(new Tally(2, 2, 0, 0, 0));
            assertThat(numbers.interruptions().count()).isOne();
            assertThat(numbers.interruptions().maxMicros()).isBetween(500_000.0, 5_000_000.0);
        }
        served.get();
    }

    @Test
    void callsThatAreCutAreCountedAndConnectionsThatEndInOrderAreNot() throws Exception {
        // Given: an answer that is the last on its connection, none, and another one
        Future<?> served = server.submit(() -> {
            answer("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
            answer("");
            answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            return null;
        });
        byte[] request = "POST / HTTP/1.1\r\n\r\n~s0000000000~".getBytes(StandardCharsets.US_ASCII);
        try (BackEnd backEnd = BackEnd.start(tools, List.of(), socket.getLocalPort(), 1, List.of(request))) {

            // When
            var calls = assertThatThrownBy(() -> backEnd.call(3, 0, PATIENCE));

            // Then
            calls.hasMessageContaining("accepted=2, refused=0, cut=1");
        }
        served.get();
    }

    private void answer(String answer) throws IOException {
        try (Socket caller = socket.accept()) {
            readThrough(caller, "~s");
            caller.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            caller.getInputStream().readNBytes("0000000000~".length());
        }
    }

    private Socket upgraded(String connected) throws IOException {
        Socket device = socket.accept();
        readThrough(device, "\r\n\r\n");
        device.getOutputStream().write("HTTP/1.1 101 Switching Protocols\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        readThrough(device, "\"name\":\"load\"");
        say(device, connected);
        return device;
    }

    /** A socket that is closed with something unread takes along what the other side has not read yet. */
    private static void awaitEnd(Socket device) throws IOException {
        try {
            device.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException e) {
            // A reset is how the program ends its connections.
        }
    }

    private static void readThrough(Socket from, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = from.getInputStream().read();
            if (next < 0) {
                throw new IOException("ended after " + read);
            }
            read.append((char) next);
        }
    }

    private static String broadcast(int offset, int number) {
        return "{\"push\":{\"channel\":\"broadcast\",\"pub\":{\"offset\":" + offset + ",\"data\":\"~s" + number
                + "~\"}}}";
    }

    private static String own(String content) {
        return "{\"push\":{\"channel\":\"#u\",\"pub\":" + data(content) + "}}";
    }

    private static String data(String content) {
        return "{\"offset\":1,\"data\":\"" + content + "\"}";
    }

    /** Text frames. */
    private static void say(Socket device, String... lines) throws IOException {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (String line : lines) {
            frames.write(0x81);
            if (line.length() < 126) {
                frames.write(line.length());
            } else {
                frames.write(126);
                frames.write(line.length() >> 8);
                frames.write(line.length());
            }
            frames.writeBytes(line.getBytes(StandardCharsets.US_ASCII));
        }
        device.getOutputStream().write(frames.toByteArray());
    }
}
